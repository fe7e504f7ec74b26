-- name: tenant_by_domain
select id, slug, name, domain, status, created_at from tenants
where domain = %(value)s and status = 'active'

-- name: tenant_by_slug
select id, slug, name, domain, status, created_at from tenants
where slug = %(value)s and status = 'active'

-- name: tenant_itself
select id, slug, name, domain, status, created_at from tenants
where id = petraf_tenant()

-- name: all_tenants
select id, slug, name, domain, status, created_at from tenants
order by created_at, id

-- name: insert_tenant
insert into tenants (id, slug, name, domain, contact_email, contact_name)
values (coalesce(%(id)s, gen_random_uuid()), %(slug)s, %(name)s, %(domain)s, %(email)s, %(contact)s)
returning id, slug, name, domain, status, created_at

-- name: insert_config
insert into tenant_configs (id, tenant_id, prompts_json, scoring_rubric_json, phases_json, threshold, ui_flags_json,
  rag_enabled, session_expiration_days, llm_model)
values (%(id)s, %(tenant_id)s, %(prompts_json)s, %(scoring_rubric_json)s, %(phases_json)s, %(threshold)s, %(ui_flags_json)s,
  %(rag_enabled)s, %(session_expiration_days)s, %(llm_model)s)

-- name: company
select t.name, c.prompts_json, c.scoring_rubric_json, c.phases_json, c.threshold, c.ui_flags_json, c.rag_enabled,
  c.session_expiration_days, c.llm_model, c.version
from tenants t join tenant_configs c on c.tenant_id = t.id
where t.id = petraf_tenant()

-- name: replace_config
update tenant_configs set prompts_json = %(prompts_json)s, scoring_rubric_json = %(scoring_rubric_json)s,
  phases_json = %(phases_json)s, threshold = %(threshold)s, ui_flags_json = %(ui_flags_json)s, rag_enabled = %(rag_enabled)s,
  session_expiration_days = %(session_expiration_days)s, llm_model = %(llm_model)s, version = version + 1, updated_at = now()
where tenant_id = petraf_tenant() and version = %(version)s

-- name: remember_config
insert into tenant_config_history (version, config, changed_by) values (%(version)s, %(config)s, %(changed_by)s)

-- name: insert_admin_key
insert into admin_keys (id, tenant_id, key_hash, email) values (%(id)s, %(tenant_id)s, %(key_hash)s, %(email)s)
