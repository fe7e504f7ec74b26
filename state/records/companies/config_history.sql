-- name: config_history
select version, config, changed_by, created_at, bytes
from (
  select *, sum(octet_length(config::text)) over (order by version desc) as bytes
  from (
    select version, config, changed_by, created_at from tenant_config_history
    where tenant_id = petraf_tenant() and version < %(before)s order by version desc limit %(limit)s
  ) newest
) summed
where bytes - octet_length(config::text) <= %(bytes)s order by version desc

-- name: config_begun
select created_at from tenant_configs where tenant_id = petraf_tenant()
