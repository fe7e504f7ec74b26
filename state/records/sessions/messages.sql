-- name: insert_message
insert into messages (id, session_id, turn_id, role, content, phase, step, tokens_prompt, tokens_completion, latency_ms,
  model_used, sources)
values (%(id)s, %(session_id)s, %(turn_id)s, %(role)s, %(content)s, %(phase)s, %(step)s, %(tokens_prompt)s,
  %(tokens_completion)s, %(latency_ms)s, %(model_used)s, %(sources)s)

-- name: messages_page
select id, turn_id, role, content, phase, step, sources, withheld, created_at from (
  select * from messages where session_id = %(session_id)s and tenant_id = petraf_tenant()
    and (%(withheld)s or not withheld) and (%(before)s::text is null or id < %(before)s)
  order by id desc limit %(limit)s) newest
order by id

-- name: messages_count
select count(*) from messages where session_id = %(session_id)s and (%(withheld)s or not withheld) and tenant_id = petraf_tenant()

-- name: messages_of_phase
select role, content, turn_id from messages
where session_id = %(session_id)s and phase = %(phase)s and not withheld and tenant_id = petraf_tenant()
order by id
