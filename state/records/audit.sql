-- name: insert_audit
insert into audit_logs (id, tenant_id, session_id, actor, action, resource_type, resource_id, payload, changes, status,
  ip_address, user_agent)
values (%(id)s, coalesce(%(tenant_id)s, petraf_tenant()), %(session_id)s, %(actor)s, %(action)s, %(resource_type)s,
  %(resource_id)s, %(payload)s, %(changes)s, %(status)s, %(ip)s, %(user_agent)s)

-- Under the system role no tenant is set, and the rows of every company, and of none, are seen.

-- name: audit_oldest
select id, tenant_id, session_id, actor, action, resource_type, resource_id, payload, changes, status,
  ip_address is not null as has_ip, user_agent, created_at
from audit_logs
where (petraf_tenant() is null or tenant_id = petraf_tenant())
  and (%(session_id)s::text is null or session_id = %(session_id)s)
  and (%(action)s::text is null or action = %(action)s)
  and (%(actor)s::text is null or actor = %(actor)s)
  and (%(since)s::timestamptz is null or created_at >= %(since)s)
  and (%(until)s::timestamptz is null or created_at < %(until)s)
  and (%(after)s::text is null or id > %(after)s)
order by id limit %(limit)s offset %(offset)s

-- name: audit_newest
select id, tenant_id, session_id, actor, action, resource_type, resource_id, payload, changes, status,
  ip_address is not null as has_ip, user_agent, created_at
from audit_logs
where (petraf_tenant() is null or tenant_id = petraf_tenant())
  and (%(session_id)s::text is null or session_id = %(session_id)s)
  and (%(action)s::text is null or action = %(action)s)
  and (%(actor)s::text is null or actor = %(actor)s)
  and (%(since)s::timestamptz is null or created_at >= %(since)s)
  and (%(until)s::timestamptz is null or created_at < %(until)s)
  and (%(after)s::text is null or id < %(after)s)
order by id desc limit %(limit)s offset %(offset)s

-- name: audit_count
select count(*) from audit_logs
where (petraf_tenant() is null or tenant_id = petraf_tenant())
  and (%(session_id)s::text is null or session_id = %(session_id)s)
  and (%(action)s::text is null or action = %(action)s)
  and (%(actor)s::text is null or actor = %(actor)s)
  and (%(since)s::timestamptz is null or created_at >= %(since)s)
  and (%(until)s::timestamptz is null or created_at < %(until)s)

-- name: erase_audit
-- What an admin read stays on record with the admin's name: it holds nothing of the employee.
update audit_logs set actor = %(actor)s, payload = '{}', changes = '{}', ip_address = null, user_agent = null,
  updated_at = now()
where session_id = %(session_id)s and tenant_id = petraf_tenant() and action <> 'conversation.read'
