-- name: insert_session
insert into sessions (id, metadata, user_agent_hash, ip_hash, resume_token_hash, expires_at, admins_may_read,
  language, confirm_goals)
values (%(id)s, %(metadata)s, %(user_agent_hash)s, %(ip_hash)s, %(token_hash)s, %(expires_at)s, %(admins_may_read)s,
  %(language)s, %(confirm_goals)s)

-- name: insert_conversation
insert into conversation_state (session_id) values (%(session_id)s)

-- name: session
select id, tenant_id, status, name, employee_code, department, position, grade, years_of_service, age_range, job_type,
  completion_percentage, resume_token_hash, expires_at, admins_may_read, language, confirm_goals, completed_at, last_accessed_at, created_at, updated_at
from sessions where id = %(id)s and tenant_id = petraf_tenant()

-- name: session_language
select language from sessions where id = %(id)s and tenant_id = petraf_tenant()

-- name: session_in_phase
select s.id, s.status, s.name, s.completion_percentage, s.created_at, s.expires_at, s.expires_at <= now() as expired, c.phase, c.step
from sessions s join conversation_state c on c.session_id = s.id
where s.id in (select jsonb_array_elements_text(%(ids)s::jsonb)) and s.tenant_id = petraf_tenant()
order by s.created_at desc

-- name: touch_session
update sessions set last_accessed_at = now() where id = %(id)s and tenant_id = petraf_tenant()

-- name: save_info
update sessions set name = %(name)s, employee_code = %(employee_code)s, department = %(department)s,
  position = %(position)s, grade = %(grade)s, years_of_service = %(years_of_service)s, age_range = %(age_range)s,
  job_type = %(job_type)s, completion_percentage = greatest(completion_percentage, 10),
  last_accessed_at = now(), updated_at = now()
where id = %(id)s and tenant_id = petraf_tenant()

-- name: save_language
update sessions set language = %(language)s, last_accessed_at = now(), updated_at = now()
where id = %(id)s and tenant_id = petraf_tenant()

-- name: leave_basic_phase
update conversation_state set phase = 'g4_future', step = 'collect', version = version + 1, updated_at = now()
where session_id = %(id)s and phase = 'g2_basic' and tenant_id = petraf_tenant()

-- name: complete_session
update sessions set status = 'completed', completion_percentage = 100, completed_at = now(), updated_at = now(),
  last_accessed_at = now()
where id = %(id)s and status = 'active' and tenant_id = petraf_tenant()

-- name: delete_session
delete from sessions where id = %(id)s and tenant_id = petraf_tenant()

-- name: count_of_session
select
  (select count(*) from messages where session_id = %(id)s and tenant_id = petraf_tenant()) as messages,
  (select count(*) from facts where session_id = %(id)s and tenant_id = petraf_tenant()) as facts,
  (select count(*) from goals where session_id = %(id)s and tenant_id = petraf_tenant()) as goals,
  (select count(*) from goal_links l join goals g on g.id = l.goal_id
   where g.session_id = %(id)s and g.tenant_id = petraf_tenant()) as goal_links,
  (select count(*) from turns where session_id = %(id)s and tenant_id = petraf_tenant()) as turns,
  (select count(*) from shares where session_id = %(id)s and tenant_id = petraf_tenant()) as shares

-- name: save_checkpoint
-- The lock waits for an erasing under way, and an erasing for it: what is written of a session goes with it. One checkpoint stays.
with here as (select id from sessions where id = %(session_id)s and tenant_id = petraf_tenant() for key share),
     older as (delete from checkpoints where thread_id = %(thread)s and checkpoint_id <> %(id)s),
     older_writes as (delete from checkpoint_writes where thread_id = %(thread)s and checkpoint_id <> %(id)s),
     older_blobs as (delete from checkpoint_blobs where thread_id = %(thread)s and version <> all(%(versions)s::text[])),
     written as (
       insert into checkpoint_blobs (thread_id, checkpoint_ns, channel, version, type, blob)
       select %(thread)s, %(namespace)s, channel, version, type, blob
       from here, unnest(%(channels)s::text[], %(versions)s::text[], %(types)s::text[], %(blobs)s::bytea[])
         as each (channel, version, type, blob)
       on conflict do nothing)
insert into checkpoints (thread_id, checkpoint_ns, checkpoint_id, parent_checkpoint_id, checkpoint, metadata)
select %(thread)s, %(namespace)s, %(id)s, %(parent)s, %(checkpoint)s::jsonb, %(metadata)s::jsonb from here
on conflict (thread_id, checkpoint_ns, checkpoint_id)
do update set checkpoint = excluded.checkpoint, metadata = excluded.metadata

-- name: delete_checkpoints
with a as (delete from checkpoint_writes where thread_id = %(thread)s),
     b as (delete from checkpoint_blobs where thread_id = %(thread)s)
delete from checkpoints where thread_id = %(thread)s

-- name: delete_orphaned_checkpoints
with a as (delete from checkpoint_writes c
       where not exists (select from sessions s where s.id = split_part(c.thread_id, ':', 2))),
     b as (delete from checkpoint_blobs c
       where not exists (select from sessions s where s.id = split_part(c.thread_id, ':', 2)))
delete from checkpoints c where not exists (select from sessions s where s.id = split_part(c.thread_id, ':', 2))

-- name: expired_sessions
select tenant_id::text as tenant_id, id from sessions where expires_at < now() - %(over_for)s
order by expires_at limit %(limit)s

-- name: conversation
select phase, step, retry_count, consecutive_low_scores, last_score, asked, question, draft, version
from conversation_state where session_id = %(session_id)s and tenant_id = petraf_tenant()

-- name: goals_of_session
select g.id, g.type, g.phase, g.content, g.score, g.is_final, g.version, g.supersedes, g.score_details, g.proposals,
  g.sources, g.below_threshold, g.created_at,
  coalesce((select jsonb_agg(jsonb_build_object('parent_goal_id', l.parent_goal_id, 'link_type', l.link_type,
    'strength', l.strength, 'notes', l.notes) order by l.link_type desc)
    from goal_links l where l.goal_id = g.id and l.tenant_id = g.tenant_id), '[]') as links
from goals g
where g.session_id = %(session_id)s and g.tenant_id = petraf_tenant() and (g.is_final or not %(final_only)s)
order by g.created_at, g.id
