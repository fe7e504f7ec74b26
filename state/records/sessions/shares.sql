-- name: lock_session
select id from sessions where id = %(id)s and tenant_id = petraf_tenant() for no key update

-- name: living_share
select id, session_id, expires_at from shares
where session_id = %(session_id)s and revoked_at is null and expires_at > now() and tenant_id = petraf_tenant()

-- name: insert_share
insert into shares (id, session_id, token_hash, expires_at)
values (%(id)s, %(session_id)s, %(token_hash)s, %(expires_at)s)

-- name: revoke_shares
update shares set revoked_at = now()
where session_id = %(session_id)s and revoked_at is null and tenant_id = petraf_tenant()

-- name: share_by_token
select tenant_id, session_id, expires_at from shares
where token_hash = %(value)s and revoked_at is null and expires_at > now()
