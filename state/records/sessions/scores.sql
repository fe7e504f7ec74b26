-- Under the system role no tenant is set, and every company's scores are seen.

-- name: stored_scores
select g.id, t.slug as company, g.tenant_id, g.phase, g.content, g.score_details, g.exam
from goals g join tenants t on t.id = g.tenant_id
where (petraf_tenant() is null or g.tenant_id = petraf_tenant()) and g.created_at >= %(since)s
  and (g.is_final or %(every_version)s) and g.id > %(after)s
order by g.id limit %(limit)s

-- name: judges_of_scores
select g.score_details ->> 'model' as model, g.score_details ->> 'prompt_version' as prompt_version,
  g.exam is not null as kept, count(*) as goals
from goals g
where (petraf_tenant() is null or g.tenant_id = petraf_tenant()) and g.created_at >= %(since)s
  and (g.is_final or %(every_version)s)
group by 1, 2, 3 order by 1, 2, 3
