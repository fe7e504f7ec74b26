-- Under the system role no tenant is set, and every company's rows are counted. Days are those of UTC.

-- name: stats_overview
select
  (select count(*) from tenants) as total_tenants,
  (select count(*) from tenants where status = 'active') as active_tenants,
  count(*) as total_sessions,
  count(*) filter (where status = 'active' and expires_at > now()) as active_sessions,
  count(*) filter (where status = 'completed') as completed_sessions,
  count(*) filter (where status = 'abandoned' or status = 'active' and expires_at <= now()) as abandoned_sessions,
  (select count(*) from messages where created_at >= date_trunc('day', now() at time zone 'utc') at time zone 'utc')
    as total_messages_today,
  (select count(*) from goals where is_final) as total_goals_created,
  (select jsonb_build_object('future', count(*) filter (where type = 'future'), 'values', count(*) filter (where type = 'values'),
    'actions', count(*) filter (where type = 'actions')) from goals where is_final) as goals_by_type,
  coalesce(round(avg(completion_percentage), 1), 0)::float as avg_completion_rate,
  coalesce(round(avg(round(extract(epoch from completed_at - created_at) / 60))), 0)::int as avg_session_duration_minutes,
  (select coalesce(round(avg(score)::numeric, 2), 0)::float from goals where is_final and not below_threshold) as avg_score
from sessions

-- name: stats_series
select (created_at at time zone 'utc')::date as day, count(*) as total,
  count(*) filter (where status = 'active' and expires_at > now()) as active,
  count(*) filter (where status = 'completed') as completed,
  count(*) filter (where status = 'abandoned' or status = 'active' and expires_at <= now()) as abandoned
from sessions
where (petraf_tenant() is null or tenant_id = petraf_tenant()) and created_at >= %(since)s and created_at < %(until)s
group by day

-- name: stats_scores
select phase, least(floor(score), 9)::int as bin, count(*) as goals, sum(score) as points
from goals
where (petraf_tenant() is null or tenant_id = petraf_tenant()) and created_at >= %(since)s and created_at < %(until)s and is_final
  and not below_threshold
group by phase, bin

-- name: stats_criteria
select g.phase, judged.criterion ->> 'name' as name, count(*) as goals,
  round(avg((judged.criterion ->> 'score')::numeric), 2)::float as avg_score
from goals g cross join json_array_elements(g.score_details -> 'criteria') with ordinality as judged(criterion, position)
where (petraf_tenant() is null or g.tenant_id = petraf_tenant()) and g.created_at >= %(since)s and g.created_at < %(until)s
  and g.is_final and not g.below_threshold
group by g.phase, name order by g.phase, min(judged.position), name

-- name: stats_funnel
select count(*) as created,
  count(*) filter (where at.phase <> 'g2_basic') as basic_information,
  count(*) filter (where held.future) as g4_future,
  count(*) filter (where held."values") as g6_values,
  count(*) filter (where held.actions) as g8_actions,
  count(s.completed_at) as finished,
  percentile_cont(array[0.25, 0.5, 0.75]) within group (order by extract(epoch from s.completed_at - s.created_at)::float / 60)
    filter (where s.completed_at is not null) as quartiles
from sessions s join conversation_state at on at.session_id = s.id
left join (
  select session_id, bool_or(type = 'future') as future, bool_or(type = 'values') as "values", bool_or(type = 'actions') as actions
  from goals
  where (petraf_tenant() is null or tenant_id = petraf_tenant()) and created_at >= %(since)s and is_final
  group by session_id) held on held.session_id = s.id
where (petraf_tenant() is null or s.tenant_id = petraf_tenant()) and s.created_at >= %(since)s and s.created_at < %(until)s
