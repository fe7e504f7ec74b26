-- name: turn
select session_id, id, status, input, input_hash, phase, step, fence, attempt, events
from turns where session_id = %(session_id)s and id = %(id)s and tenant_id = petraf_tenant()

-- name: lock_conversation
select session_id from conversation_state where session_id = %(session_id)s and tenant_id = petraf_tenant() for update

-- name: running_turn
select id from turns where session_id = %(session_id)s and status = 'running' and tenant_id = petraf_tenant()

-- name: insert_turn
insert into turns (session_id, id, input, input_hash, phase, step, owner, lease_until)
values (%(session_id)s, %(id)s, %(input)s, %(input_hash)s, %(phase)s, %(step)s, %(owner)s,
  now() + make_interval(secs => %(lease)s))
on conflict do nothing

-- name: end_waiting_turns
update turns set status = 'done', finished_at = now()
where session_id = %(session_id)s and status = 'awaiting' and tenant_id = petraf_tenant()
