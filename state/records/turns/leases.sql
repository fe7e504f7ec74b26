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
