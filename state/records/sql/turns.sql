-- name: turn
select session_id, id, status, input, input_hash, phase, step, fence, attempt, events
from turns where session_id = %(session_id)s and id = %(id)s and tenant_id = petraf_tenant()

-- name: lock_conversation
select session_id from conversation_state where session_id = %(session_id)s and tenant_id = petraf_tenant() for update

-- name: running_turn
select id from turns where session_id = %(session_id)s and status = 'running' and tenant_id = petraf_tenant()

-- name: insert_turn
insert into turns (session_id, id, input, input_hash, phase, step, owner, lease_until)
values (%(session_id)s, %(id)s, %(input)s, %(input_hash)s, %(phase)s, %(step)s, %(owner)s,
  now() + make_interval(secs => %(lease)s))
on conflict do nothing

-- name: end_waiting_turns
update turns set status = 'done', finished_at = now()
where session_id = %(session_id)s and status = 'awaiting' and tenant_id = petraf_tenant()

-- name: renew_lease
update turns set lease_until = now() + make_interval(secs => %(lease)s)
where session_id = %(session_id)s and id = %(id)s and fence = %(fence)s and status = 'running' and tenant_id = petraf_tenant()

-- name: take_over_turn
update turns t set owner = %(owner)s, fence = fence + 1, attempt = attempt + 1,
  lease_until = now() + make_interval(secs => %(lease)s)
from (select session_id, id from turns where status = 'running' and lease_until < now()
      order by lease_until limit 1 for update skip locked) dead
where t.session_id = dead.session_id and t.id = dead.id
returning t.tenant_id::text as tenant_id, t.session_id, t.id as turn_id, t.fence, t.attempt, t.input

-- name: close_turn
update turns set status = %(status)s, events = %(events)s, finished_at = now()
where session_id = %(session_id)s and id = %(id)s and fence = %(fence)s and status in ('running', 'awaiting')
  and tenant_id = petraf_tenant()

-- name: fail_turn
update turns set status = 'failed', events = %(events)s, finished_at = now()
where session_id = %(session_id)s and id = %(id)s and fence = %(fence)s and status = 'running' and tenant_id = petraf_tenant()

-- name: lock_running_turn
select id from turns
where session_id = %(session_id)s and id = %(id)s and status = 'running' and tenant_id = petraf_tenant() for update

-- name: stop_turn
update turns set status = 'failed', fence = fence + 1, events = %(events)s, finished_at = now()
where session_id = %(session_id)s and id = %(id)s and status = 'running' and tenant_id = petraf_tenant()

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

-- name: latest_goal
select id, version, proposals, sources, content from goals
where session_id = %(session_id)s and phase = %(phase)s and is_final and tenant_id = petraf_tenant()

-- name: unfinal_goal
update goals set is_final = false, updated_at = now() where id = %(id)s and tenant_id = petraf_tenant()

-- name: insert_goal
insert into goals (id, session_id, turn_id, type, phase, content, score, version, supersedes, score_details, exam,
  below_threshold, proposals, sources)
values (%(id)s, %(session_id)s, %(turn_id)s, %(type)s, %(phase)s, %(content)s, %(score)s, %(version)s, %(supersedes)s,
  %(score_details)s, %(exam)s, %(below_threshold)s, %(proposals)s, %(sources)s)

-- name: final_goals
select id, type, phase, content from goals
where session_id = %(session_id)s and is_final and tenant_id = petraf_tenant()
order by created_at, id

-- name: goals_of_session
select g.id, g.type, g.phase, g.content, g.score, g.is_final, g.version, g.supersedes, g.score_details, g.proposals,
  g.sources, g.below_threshold, g.created_at,
  coalesce((select jsonb_agg(jsonb_build_object('parent_goal_id', l.parent_goal_id, 'link_type', l.link_type,
    'strength', l.strength, 'notes', l.notes) order by l.link_type desc)
    from goal_links l where l.goal_id = g.id and l.tenant_id = g.tenant_id), '[]') as links
from goals g
where g.session_id = %(session_id)s and g.tenant_id = petraf_tenant() and (g.is_final or not %(final_only)s)
order by g.created_at, g.id

-- name: delete_links_of
delete from goal_links where tenant_id = petraf_tenant() and goal_id in
  (select id from goals where session_id = %(session_id)s and tenant_id = petraf_tenant())

-- name: insert_link
insert into goal_links (id, goal_id, parent_goal_id, link_type, strength, notes)
values (%(id)s, %(goal_id)s, %(parent_goal_id)s, %(link_type)s, %(strength)s, %(notes)s)

-- name: notify
select pg_notify(%(channel)s, %(payload)s)
