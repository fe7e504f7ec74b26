-- name: insert_job
insert into jobs (id, replaces, filename, category, metadata, data, uploaded_by, ip_address, user_agent)
values (%(id)s, %(replaces)s, %(filename)s, %(category)s, %(metadata)s, %(data)s, %(uploaded_by)s, %(ip)s, %(user_agent)s)

-- name: job
select id, tenant_id, status, filename, category, document_id, chunks_created, pages_read, pages, passages_done, passages,
  embeddings_per_second, remaining_seconds, error, created_at, started_at, finished_at
from jobs where id = %(id)s and tenant_id = petraf_tenant()

-- name: recent_jobs
-- Under the system role no tenant is set, and every company's jobs are seen.
select id, tenant_id, status, filename, category, document_id, chunks_created, pages_read, pages, passages_done, passages,
  embeddings_per_second, remaining_seconds, error, created_at, started_at, finished_at
from jobs
where (petraf_tenant() is null or tenant_id = petraf_tenant())
  and (status in ('queued', 'running') or created_at >= now() - make_interval(hours => %(hours)s))
order by status in ('queued', 'running') desc, id desc limit %(limit)s

-- name: tenant_of_job
select tenant_id from jobs where id = %(id)s

-- name: claim_job
-- The company with the fewest jobs in hand comes first, so that one which uploads a hundred files doesn't stop the others.
update jobs j set status = 'running', owner = %(owner)s, fence = j.fence + 1, attempt = j.attempt + 1,
  lease_until = now() + make_interval(secs => %(lease)s), started_at = coalesce(j.started_at, now()),
  pages_read = 0, pages = null, passages_done = 0, passages = null, embeddings_per_second = null, remaining_seconds = null
from (select waiting.id from jobs waiting
      left join (select tenant_id, count(*) as jobs from jobs where status = 'running' and lease_until >= now()
                 group by tenant_id) in_hand using (tenant_id)
      where waiting.status = 'queued' or waiting.status = 'running' and waiting.lease_until < now()
      order by coalesce(in_hand.jobs, 0), waiting.id
      limit 1 for update of waiting skip locked) next
where j.id = next.id
returning j.id, j.tenant_id, j.replaces, j.filename, j.category, j.metadata, j.data, j.uploaded_by,
  j.ip_address as ip, j.user_agent, j.fence, j.attempt

-- name: beat_job
update jobs set lease_until = now() + make_interval(secs => %(lease)s), pages_read = %(pages_read)s, pages = %(pages)s,
  passages_done = %(passages_done)s, passages = %(passages)s, embeddings_per_second = %(embeddings_per_second)s,
  remaining_seconds = %(remaining_seconds)s
where id = %(id)s and fence = %(fence)s and status = 'running' and tenant_id = petraf_tenant()

-- name: held_job
select id from jobs where id = %(id)s and fence = %(fence)s and status = 'running' and tenant_id = petraf_tenant()

-- name: finish_job
update jobs set status = 'done', document_id = %(document_id)s, chunks_created = %(chunks)s, finished_at = now(),
  pages = coalesce(%(pages)s, pages), pages_read = coalesce(%(pages)s, pages, pages_read),
  passages = %(chunks)s, passages_done = %(chunks)s, remaining_seconds = 0, data = null, lease_until = null
where id = %(id)s and fence = %(fence)s and status = 'running' and tenant_id = petraf_tenant()

-- name: fail_job
update jobs set status = 'failed', error = %(error)s, remaining_seconds = null, finished_at = now(), data = null,
  lease_until = null
where id = %(id)s and fence = %(fence)s and status = 'running' and tenant_id = petraf_tenant()

-- name: cancel_job
update jobs set status = 'cancelled', remaining_seconds = null, finished_at = now(), data = null, lease_until = null
where id = %(id)s and status in ('queued', 'running') and tenant_id = petraf_tenant()

-- name: release_jobs
-- A server that stops in order is no failed attempt.
update jobs set status = 'queued', attempt = attempt - 1, lease_until = null, pages_read = 0, pages = null,
  passages_done = 0, passages = null, embeddings_per_second = null, remaining_seconds = null
where owner = %(owner)s and status = 'running'

-- name: drop_old_jobs
delete from jobs where finished_at < now() - make_interval(days => %(days)s)
