-- name: messages_page
select id, turn_id, role, content, phase, step, sources, withheld, created_at from (
  select * from messages where session_id = %(session_id)s and tenant_id = petraf_tenant()
    and (%(withheld)s or not withheld) and (%(before)s::text is null or id < %(before)s)
  order by id desc limit %(limit)s) newest
order by id

-- name: messages_count
select count(*) from messages where session_id = %(session_id)s and (%(withheld)s or not withheld) and tenant_id = petraf_tenant()
