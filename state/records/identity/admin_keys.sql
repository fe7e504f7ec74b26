-- name: admin_key
select id, tenant_id, email from admin_keys
where key_hash = %(value)s and revoked_at is null

-- name: living_key
select id, tenant_id, email from admin_keys
where id = %(id)s and revoked_at is null and tenant_id is not distinct from petraf_tenant()

-- Under the system role no tenant is set, and the keys of every company and of the system are seen.

-- name: admin_keys
select id, tenant_id, email, created_at, revoked_at from admin_keys
where petraf_tenant() is null or tenant_id = petraf_tenant() order by id

-- name: admin_key_of_id
select id, tenant_id, email, created_at, revoked_at from admin_keys
where id = %(id)s and (petraf_tenant() is null or tenant_id = petraf_tenant())

-- name: lock_living_keys
select id, tenant_id, email from admin_keys
where revoked_at is null and tenant_id is not distinct from %(tenant_id)s::uuid
  and (petraf_tenant() is null or tenant_id = petraf_tenant())
order by id for update

-- name: revoke_admin_key
update admin_keys set revoked_at = now() where id = %(id)s and (petraf_tenant() is null or tenant_id = petraf_tenant())
