-- name: fail_turn
update turns set status = 'failed', events = %(events)s, finished_at = now()
where session_id = %(session_id)s and id = %(id)s and fence = %(fence)s and status = 'running' and tenant_id = petraf_tenant()

-- name: lock_running_turn
select id from turns
where session_id = %(session_id)s and id = %(id)s and status = 'running' and tenant_id = petraf_tenant() for update

-- name: stop_turn
update turns set status = 'failed', fence = fence + 1, events = %(events)s, finished_at = now()
where session_id = %(session_id)s and id = %(id)s and status = 'running' and tenant_id = petraf_tenant()

-- name: finish_turn
-- Nothing is written where the turn isn't ours any more.
with closed as (
  update turns set status = %(status)s, events = %(events)s, finished_at = now()
  where session_id = %(session_id)s and id = %(turn_id)s and fence = %(fence)s and status in ('running', 'awaiting')
    and tenant_id = petraf_tenant()
  returning id),
spoken as (
  insert into messages (id, session_id, turn_id, role, content, phase, step, tokens_prompt, tokens_completion, latency_ms,
    model_used, sources)
  select %(message_id)s, %(session_id)s, id, 'assistant', %(content)s, %(spoken_phase)s, %(spoken_step)s, %(tokens_prompt)s::int,
    %(tokens_completion)s::int, %(latency_ms)s::int, %(model_used)s, %(sources)s::jsonb from closed),
learned as (
  insert into facts (session_id, id, phase, kind, text, message_id, begins, ends, state, replaced_by)
  select %(session_id)s, f.id, f.phase, f.kind, f.text, f.message_id, f.start, f.end, f.state, f.replaced_by
  from closed, jsonb_to_recordset(%(facts)s::jsonb) as f(id text, phase text, kind text, text text, message_id text, start int,
    "end" int, state text, replaced_by text)
  on conflict (session_id, id) do update
  set state = excluded.state, replaced_by = excluded.replaced_by, text = excluded.text, updated_at = now()),
heard as (
  update messages m set acts = l.acts, withheld = l.withheld
  from closed, jsonb_to_recordset(%(lines)s::jsonb) as l(id text, acts jsonb, withheld boolean)
  where m.session_id = %(session_id)s and m.id = l.id and m.tenant_id = petraf_tenant()),
stands as (
  update conversation_state set phase = %(phase)s, step = %(step)s, retry_count = %(retry_count)s::int,
    consecutive_low_scores = %(low_scores)s::int, last_score = %(last_score)s::float8, asked = %(asked)s::jsonb,
    question = %(question)s, draft = %(draft)s::jsonb, version = conversation_state.version + 1, updated_at = now()
  from closed
  where %(moves)s and session_id = %(session_id)s and version = %(version)s::int and tenant_id = petraf_tenant()
  returning 1),
advanced as (
  update sessions s set completion_percentage = greatest(completion_percentage, %(percentage)s::int), updated_at = now(),
    last_accessed_at = now()
  from closed where %(percentage)s::int is not null and s.id = %(session_id)s and s.tenant_id = petraf_tenant())
select (select count(*) from closed) as closed, (select count(*) from stands) as stands

-- name: save_goal
with old as (
  update goals set is_final = false, updated_at = now()
  where session_id = %(session_id)s and phase = %(phase)s and is_final and tenant_id = petraf_tenant()
  returning id, version)
insert into goals (id, session_id, turn_id, type, phase, content, score, version, supersedes, score_details, exam,
  below_threshold, proposals, sources)
select %(id)s, %(session_id)s, %(turn_id)s, %(type)s, %(phase)s, %(content)s, %(score)s::float8, coalesce(max(version), 0) + 1, max(id),
  %(score_details)s::json, %(exam)s::json, %(below_threshold)s::boolean, %(proposals)s::jsonb, %(sources)s::jsonb
from old

-- name: delete_links_of
delete from goal_links where tenant_id = petraf_tenant() and goal_id in
  (select id from goals where session_id = %(session_id)s and tenant_id = petraf_tenant())

-- name: insert_links
insert into goal_links (id, goal_id, parent_goal_id, link_type, strength, notes)
select l.id, %(goal_id)s, l.parent_goal_id, l.link_type, l.strength, l.notes
from jsonb_to_recordset(%(links)s::jsonb) as l(id text, parent_goal_id text, link_type text, strength int, notes text)
