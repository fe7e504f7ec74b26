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

-- name: advance_session
update sessions set completion_percentage = greatest(completion_percentage, %(percentage)s), updated_at = now(),
  last_accessed_at = now()
where id = %(id)s and tenant_id = petraf_tenant()

-- name: save_conversation
update conversation_state set phase = %(phase)s, step = %(step)s, retry_count = %(retry_count)s,
  consecutive_low_scores = %(low_scores)s, last_score = %(last_score)s, asked = %(asked)s,
  question = %(question)s, draft = %(draft)s,
  version = version + 1, updated_at = now()
where session_id = %(session_id)s and version = %(version)s and tenant_id = petraf_tenant()

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

-- name: delete_links_of
delete from goal_links where tenant_id = petraf_tenant() and goal_id in
  (select id from goals where session_id = %(session_id)s and tenant_id = petraf_tenant())

-- name: insert_link
insert into goal_links (id, goal_id, parent_goal_id, link_type, strength, notes)
values (%(id)s, %(goal_id)s, %(parent_goal_id)s, %(link_type)s, %(strength)s, %(notes)s)
