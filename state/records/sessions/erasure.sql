-- name: sessions_of_employee
select id from sessions
where btrim(employee_code, E' \t\r\n') = %(code)s and tenant_id = petraf_tenant() order by id

-- These run under the system role, for the company that is named.

-- name: count_of_tenant
select
  (select count(*) from sessions where tenant_id = %(tenant_id)s) as sessions,
  (select count(*) from messages where tenant_id = %(tenant_id)s) as messages,
  (select count(*) from facts where tenant_id = %(tenant_id)s) as facts,
  (select count(*) from goals where tenant_id = %(tenant_id)s) as goals,
  (select count(*) from goal_links where tenant_id = %(tenant_id)s) as goal_links,
  (select count(*) from turns where tenant_id = %(tenant_id)s) as turns,
  (select count(*) from shares where tenant_id = %(tenant_id)s) as shares,
  (select count(*) from documents where tenant_id = %(tenant_id)s) as documents,
  (select count(*) from rag_corpus where tenant_id = %(tenant_id)s) as passages,
  (select count(*) from jobs where tenant_id = %(tenant_id)s) as jobs,
  (select count(*) from audit_logs where tenant_id = %(tenant_id)s) as audit_logs,
  (select count(*) from admin_keys where tenant_id = %(tenant_id)s) as admin_keys

-- name: delete_checkpoints_of_tenant
with a as (delete from checkpoint_writes where split_part(thread_id, ':', 1) = %(tenant)s),
     b as (delete from checkpoint_blobs where split_part(thread_id, ':', 1) = %(tenant)s)
delete from checkpoints where split_part(thread_id, ':', 1) = %(tenant)s

-- name: delete_tenant
delete from tenants where id = %(tenant_id)s
