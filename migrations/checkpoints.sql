-- Applied after LangGraph's own set-up, which makes its indexes concurrently and so can't run inside a migration.
do $$
declare t text;
begin
  foreach t in array array['checkpoints', 'checkpoint_blobs', 'checkpoint_writes'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('drop policy if exists own_tenant on %I', t);
    execute format('drop policy if exists every_tenant on %I', t);
    execute format('create policy own_tenant on %I to petraf_app '
                   'using (split_part(thread_id, '':'', 1) = current_setting(''petraf.tenant_id'', true)) '
                   'with check (split_part(thread_id, '':'', 1) = current_setting(''petraf.tenant_id'', true))', t);
    execute format('create policy every_tenant on %I to petraf_system using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on %I to petraf_app, petraf_system', t);
  end loop;
end $$;
grant select on checkpoint_migrations to petraf_app;
