-- name: turn
select session_id, id, status, input, input_hash, phase, step, fence, attempt, events
from turns where session_id = %(session_id)s and id = %(id)s and tenant_id = petraf_tenant()

-- name: lock_conversation
select session_id from conversation_state where session_id = %(session_id)s and tenant_id = petraf_tenant() for update

-- name: running_turn
select id from turns where session_id = %(session_id)s and status = 'running' and tenant_id = petraf_tenant()

-- name: accept_turn
-- One turn of a session runs at a time: the index says so, and then nothing is written.
with asked_before as (
  update turns set status = 'done', finished_at = now()
  where session_id = %(session_id)s and status = 'awaiting' and tenant_id = petraf_tenant()),
accepted as (
  insert into turns (session_id, id, input, input_hash, phase, step, owner, lease_until)
  values (%(session_id)s, %(id)s, %(input)s, %(input_hash)s, %(phase)s, %(step)s, %(owner)s,
    now() + make_interval(secs => %(lease)s))
  on conflict do nothing returning id),
said as (
  insert into messages (id, session_id, turn_id, role, content, phase, step)
  select %(message_id)s, %(session_id)s, id, 'user', %(message)s, %(phase)s, %(said_at)s from accepted where %(speaks)s)
select count(*) from accepted
