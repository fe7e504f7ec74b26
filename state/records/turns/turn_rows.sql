-- name: session_whole
select
  (select row_to_json(c) from (
    select phase, step, retry_count, consecutive_low_scores, last_score, asked, question, draft, version
    from conversation_state where session_id = %(session_id)s and tenant_id = petraf_tenant()) c) as standing,
  (select row_to_json(c)::text from (
    select t.name, c.prompts_json, c.scoring_rubric_json, c.phases_json, c.threshold, c.ui_flags_json, c.rag_enabled,
      c.session_expiration_days, c.llm_model, c.version
    from tenants t join tenant_configs c on c.tenant_id = t.id where t.id = petraf_tenant()) c) as company,
  (select coalesce(json_agg(m order by id), '[]') from (
    select id, role, content, turn_id, phase, step, acts is not null as read, withheld
    from messages where session_id = %(session_id)s and tenant_id = petraf_tenant()) m) as lines,
  (select coalesce(json_agg(f), '[]') from (
    select id, phase, kind, text, message_id, begins as start, ends as "end", state, replaced_by
    from facts where session_id = %(session_id)s and tenant_id = petraf_tenant() order by position) f) as facts,
  (select coalesce(json_agg(g), '[]') from (
    select id, type, phase, content, proposals, sources
    from goals where session_id = %(session_id)s and is_final and tenant_id = petraf_tenant() order by created_at, id) g) as goals,
  (select id from turns where session_id = %(session_id)s and status = 'running' and tenant_id = petraf_tenant()) as running,
  (select row_to_json(t) from (
    select input_hash, fence, attempt
    from turns where session_id = %(session_id)s and id = %(turn_id)s and tenant_id = petraf_tenant()) t) as known
