-- name: ping
select 1

-- name: notify
select pg_notify(%(channel)s, %(payload)s)

-- name: acting_tenant
select petraf_tenant()
