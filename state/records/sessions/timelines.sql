-- name: tenant_of_session
select tenant_id from sessions where id = %(id)s and (petraf_tenant() is null or tenant_id = petraf_tenant())

-- name: timeline
select t.id as turn_id, t.phase, t.step, t.status, t.attempt, t.created_at,
  round(extract(epoch from t.finished_at - t.created_at) * 1000)::int as duration_ms,
  said.steps, said.score, said.error
from turns t cross join lateral (
  select
    coalesce(json_agg(json_build_object('step', e.event -> 'data' -> 'step', 'latency_ms', e.event -> 'data' -> 'latency_ms',
      'tokens_used', e.event -> 'data' -> 'tokens_used') order by e.position)
      filter (where e.event ->> 'event' = 'complete'), '[]') as steps,
    max((e.event -> 'data' ->> 'score')::float) filter (where e.event ->> 'event' = 'score') as score,
    max(e.event -> 'data' -> 'error' ->> 'code') filter (where e.event ->> 'event' = 'error') as error
  from json_array_elements(t.events) with ordinality as e(event, position)) said
where t.session_id = %(session_id)s and t.tenant_id = petraf_tenant()
order by t.created_at, t.id
