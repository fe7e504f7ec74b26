create extension if not exists vector;

-- Roles belong to the whole server: another database of it may be migrated at the same time.
do $$ begin
  if not exists (select from pg_roles where rolname = 'petraf_app') then create role petraf_app nologin; end if;
exception when duplicate_object or unique_violation then null;
end $$;

do $$ begin
  if not exists (select from pg_roles where rolname = 'petraf_system') then create role petraf_system nologin; end if;
exception when duplicate_object or unique_violation then null;
end $$;

do $$ begin
  if not pg_has_role(current_user, 'petraf_app', 'set') then execute format('grant petraf_app to %I', current_user); end if;
  if not pg_has_role(current_user, 'petraf_system', 'set') then
    execute format('grant petraf_system to %I', current_user);
  end if;
end $$;

create function petraf_tenant() returns uuid language sql stable
  return nullif(current_setting('petraf.tenant_id', true), '')::uuid;

create table installation (
  only_row boolean primary key default true check (only_row),
  embedding_model text not null,
  dimensions int not null
);

create table tenants (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name text not null,
  domain text not null unique check (domain = lower(domain)),
  status text not null default 'active' check (status in ('active', 'inactive')),
  contact_email text,
  contact_name text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table tenant_configs (
  id text primary key,
  tenant_id uuid not null unique default petraf_tenant() references tenants on delete cascade,
  prompts_json jsonb not null default '{}',
  -- json, not jsonb, wherever the order that somebody chose must stay.
  scoring_rubric_json json not null default '{}',
  phases_json jsonb not null default '{}',
  threshold double precision not null default 7 check (threshold between 0 and 10),
  ui_flags_json jsonb not null default '{}',
  rag_enabled boolean not null default true,
  session_expiration_days int not null default 14 check (session_expiration_days between 1 and 365),
  llm_model text,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table tenant_config_history (
  tenant_id uuid not null default petraf_tenant() references tenants on delete cascade,
  version int not null,
  config jsonb not null,
  changed_by text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, version)
);

create table admin_keys (
  id text primary key,
  tenant_id uuid references tenants on delete cascade,
  key_hash text not null unique,
  email text not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);

create table sessions (
  id text primary key,
  tenant_id uuid not null default petraf_tenant() references tenants on delete cascade,
  status text not null default 'active' check (status in ('active', 'completed', 'abandoned')),
  name text,
  employee_code text,
  department text,
  position text,
  grade text,
  years_of_service int,
  age_range text,
  job_type text,
  metadata jsonb not null default '{}',
  completion_percentage int not null default 0 check (completion_percentage between 0 and 100),
  user_agent_hash text,
  ip_hash text,
  resume_token_hash text not null,
  expires_at timestamptz not null,
  completed_at timestamptz,
  last_accessed_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (tenant_id, id)
);
create index on sessions (tenant_id, created_at);
create index on sessions (tenant_id, employee_code);
create index on sessions (expires_at) where status = 'active';

create table conversation_state (
  session_id text primary key,
  tenant_id uuid not null default petraf_tenant(),
  phase text not null default 'g2_basic' check (phase in ('g2_basic', 'g4_future', 'g6_values', 'g8_actions', 'done')),
  step text not null default 'collect' check (step in ('collect', 'refine', 'score', 'transition')),
  retry_count int not null default 0,
  consecutive_low_scores int not null default 0,
  last_score double precision,
  asked jsonb not null default '[]',
  draft jsonb,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  foreign key (tenant_id, session_id) references sessions (tenant_id, id) on delete cascade
);

create table turns (
  session_id text not null,
  id text not null,
  tenant_id uuid not null default petraf_tenant(),
  status text not null default 'running' check (status in ('running', 'awaiting', 'done', 'failed')),
  input jsonb not null,
  input_hash text not null,
  phase text not null,
  step text not null,
  owner text not null,
  fence int not null default 1,
  attempt int not null default 1,
  lease_until timestamptz not null,
  events json not null default '[]',
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (session_id, id),
  foreign key (tenant_id, session_id) references sessions (tenant_id, id) on delete cascade
);
create unique index one_running_turn on turns (session_id) where status = 'running';
create index on turns (lease_until) where status = 'running';

create table messages (
  id text primary key,
  session_id text not null,
  tenant_id uuid not null default petraf_tenant(),
  turn_id text not null,
  role text not null check (role in ('user', 'assistant')),
  content text not null,
  phase text not null,
  step text not null,
  tokens_prompt int not null default 0,
  tokens_completion int not null default 0,
  latency_ms int not null default 0,
  model_used text,
  sources jsonb not null default '[]',
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default now(),
  foreign key (tenant_id, session_id) references sessions (tenant_id, id) on delete cascade
);
create index on messages (session_id, id);
create index on messages (tenant_id, created_at);

create table goals (
  id text primary key,
  session_id text not null,
  tenant_id uuid not null default petraf_tenant(),
  turn_id text not null,
  type text not null check (type in ('future', 'values', 'actions')),
  phase text not null,
  content text not null,
  score double precision not null,
  is_final boolean not null default true,
  version int not null default 1,
  supersedes text references goals on delete cascade,
  score_details json not null,
  proposals jsonb not null default '[]',
  sources jsonb not null default '[]',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (tenant_id, id),
  unique (session_id, turn_id),
  foreign key (tenant_id, session_id) references sessions (tenant_id, id) on delete cascade
);
create unique index one_final_goal on goals (session_id, phase) where is_final;
create index on goals (tenant_id, created_at);

create table goal_links (
  id text primary key,
  tenant_id uuid not null default petraf_tenant(),
  goal_id text not null,
  parent_goal_id text not null,
  link_type text not null check (link_type in ('contributes_to', 'aligns_with')),
  strength int not null check (strength between 1 and 10),
  notes text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  foreign key (tenant_id, goal_id) references goals (tenant_id, id) on delete cascade,
  foreign key (tenant_id, parent_goal_id) references goals (tenant_id, id) on delete cascade
);
create index on goal_links (goal_id);
create index on goal_links (parent_goal_id);

create table documents (
  id text primary key,
  tenant_id uuid not null default petraf_tenant() references tenants on delete cascade,
  filename text not null,
  title text not null,
  version text,
  department text,
  category text not null check (category ~ '^[a-z0-9][a-z0-9_-]{0,62}$'),
  content_hash text not null,
  pages int,
  passages int not null,
  uploaded_by text not null,
  -- Passages are written one by one; only a ready document's are ever found.
  ready boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (tenant_id, id)
);
create unique index on documents (tenant_id, category, content_hash) where ready;

do $$ begin
  execute format($sql$
    create table rag_corpus (
      id uuid primary key default gen_random_uuid(),
      tenant_id uuid not null default petraf_tenant(),
      document_id text not null,
      content text not null,
      embedding vector(%s) not null,
      metadata jsonb not null default '{}',
      category text not null,
      title text not null,
      heading text not null default '',
      page int,
      position int not null,
      search tsvector generated always as (
        setweight(to_tsvector('english', title || ' ' || heading), 'A') || setweight(to_tsvector('english', content), 'B')
      ) stored,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      foreign key (tenant_id, document_id) references documents (tenant_id, id) on delete cascade
    )$sql$, current_setting('petraf.dimensions')::int);
end $$;
create index on rag_corpus (tenant_id, category);
create index on rag_corpus (document_id);

create table audit_logs (
  id text primary key,
  tenant_id uuid default petraf_tenant() references tenants on delete cascade,
  session_id text,
  actor text not null,
  action text not null,
  resource_type text not null,
  resource_id text,
  payload jsonb not null default '{}',
  changes jsonb not null default '{}',
  status text not null default 'success',
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index on audit_logs (tenant_id, id);
create index on audit_logs (session_id);

do $$
declare t text;
begin
  foreach t in array array['tenant_configs', 'tenant_config_history', 'sessions', 'conversation_state', 'turns', 'messages',
                           'goals', 'goal_links', 'documents', 'rag_corpus', 'audit_logs', 'admin_keys'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I to petraf_app using (tenant_id = petraf_tenant()) '
                   'with check (tenant_id = petraf_tenant())', t);
    execute format('create policy every_tenant on %I to petraf_system using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on %I to petraf_app, petraf_system', t);
  end loop;
end $$;

alter table tenants enable row level security;
alter table tenants force row level security;
create policy own_tenant on tenants for select to petraf_app using (id = petraf_tenant());
-- The three look-ups that come before a tenant is known each expose the one row that was named.
create policy named_tenant on tenants for select to petraf_app
  using (domain = current_setting('petraf.lookup_domain', true) or slug = current_setting('petraf.lookup_slug', true));
create policy named_key on admin_keys for select to petraf_app
  using (key_hash = current_setting('petraf.lookup_key', true));
create policy every_tenant on tenants to petraf_system using (true) with check (true);

revoke update, delete on audit_logs from petraf_app;
grant update (actor, payload, changes, ip_address, user_agent, updated_at) on audit_logs to petraf_app;
grant select on tenants, installation to petraf_app;
grant select, insert, update, delete on tenants to petraf_system;
grant select on installation to petraf_system;
do $$ begin
  execute format('grant usage on schema %I to petraf_app, petraf_system', current_schema());
end $$;
