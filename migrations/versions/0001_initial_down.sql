drop table if exists checkpoint_writes, checkpoint_blobs, checkpoints, checkpoint_migrations;
drop table audit_logs, rag_corpus, documents, goal_links, goals, messages, turns, conversation_state, sessions,
  admin_keys, tenant_config_history, tenant_configs, tenants, installation;
drop function petraf_tenant();
do $$ begin
  execute format('revoke usage on schema %I from petraf_app, petraf_system', current_schema());
end $$;
