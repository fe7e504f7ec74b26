-- name: facts_of_session
select id, phase, kind, text, message_id, begins, ends, state, replaced_by from facts
where session_id = %(session_id)s and tenant_id = petraf_tenant()
order by position

-- name: save_facts
insert into facts (session_id, id, phase, kind, text, message_id, begins, ends, state, replaced_by)
select %(session_id)s, f.id, f.phase, f.kind, f.text, f.message_id, f.start, f.end, f.state, f.replaced_by
from jsonb_to_recordset(%(facts)s::jsonb) as f(id text, phase text, kind text, text text, message_id text, start int, "end" int,
  state text, replaced_by text)
on conflict (session_id, id) do update
set kind = excluded.kind, state = excluded.state, replaced_by = excluded.replaced_by, text = excluded.text, updated_at = now()

-- name: withhold_turn
update messages set withheld = true
where session_id = %(session_id)s and turn_id = %(turn_id)s and tenant_id = petraf_tenant()

-- name: withhold_input
update turns set input = input - 'message'
where session_id = %(session_id)s and id = %(turn_id)s and tenant_id = petraf_tenant()

-- name: count_crisis
select petraf_count_crisis()

-- name: withheld_turn_of
select turn_id from messages
where session_id = %(session_id)s and id = %(id)s and withheld and tenant_id = petraf_tenant()

-- name: erase_withheld
with gone as (
  delete from messages where session_id = %(session_id)s and turn_id = %(turn_id)s and withheld and tenant_id = petraf_tenant()
  returning id)
select count(*) from gone

-- name: forget_events
update turns set events = '[]' where session_id = %(session_id)s and id = %(turn_id)s and tenant_id = petraf_tenant()
