-- name: insert_admin_key
insert into admin_keys (id, tenant_id, key_hash, email) values (%(id)s, %(tenant_id)s, %(key_hash)s, %(email)s)

-- name: admin_key
select id, tenant_id, email from admin_keys
where key_hash = %(value)s and revoked_at is null

-- name: living_key
select id, tenant_id, email from admin_keys
where id = %(id)s and revoked_at is null and tenant_id is not distinct from petraf_tenant()
