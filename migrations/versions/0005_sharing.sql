-- A read-only link to a session's goals: found by its token before a tenant is known, over at expires_at or once revoked.
create table shares (
  id text primary key,
  tenant_id uuid not null default petraf_tenant(),
  session_id text not null,
  token_hash text not null unique,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  foreign key (tenant_id, session_id) references sessions (tenant_id, id) on delete cascade
);
create index on shares (tenant_id, session_id);
create unique index one_share on shares (session_id) where revoked_at is null;

alter table shares enable row level security;
alter table shares force row level security;
create policy own_tenant on shares to petraf_app using (tenant_id = petraf_tenant()) with check (tenant_id = petraf_tenant());
create policy every_tenant on shares to petraf_system using (true) with check (true);
create policy named_share on shares for select to petraf_app
  using (token_hash = current_setting('petraf.lookup_share', true));
grant select, insert, update, delete on shares to petraf_app, petraf_system;

-- What the employee was told when the session began, whatever the company's flag says later.
alter table sessions add column admins_may_read boolean not null default false;

-- json, so that a version that is brought back has its criteria in their order (docs/decisions/0007).
alter table tenant_config_history alter column config type json;
