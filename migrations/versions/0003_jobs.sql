-- An upload is a job: it shows how far it is, can be cancelled, and is taken over when its server dies.
create table jobs (
  id text primary key,
  tenant_id uuid not null default petraf_tenant() references tenants on delete cascade,
  status text not null default 'queued' check (status in ('queued', 'running', 'done', 'failed', 'cancelled')),
  -- Not a reference: the document may be deleted before the job's turn comes, which then says so.
  replaces text,
  filename text not null,
  category text not null check (category ~ '^[a-z0-9][a-z0-9_-]{0,62}$'),
  metadata jsonb not null default '{}',
  -- The file, until the job is over.
  data bytea,
  uploaded_by text not null,
  ip_address text,
  user_agent text,
  document_id text,
  chunks_created int,
  pages_read int not null default 0,
  pages int,
  passages_done int not null default 0,
  passages int,
  embeddings_per_second double precision,
  remaining_seconds double precision,
  error jsonb,
  owner text,
  fence int not null default 0,
  attempt int not null default 0,
  lease_until timestamptz,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  check ((data is null) = (status in ('done', 'failed', 'cancelled'))),
  check ((finished_at is null) = (status in ('queued', 'running'))),
  check ((lease_until is null) = (status <> 'running'))
);
create index on jobs (tenant_id, id);
create index on jobs (id) where status in ('queued', 'running');
create index on jobs (finished_at);
-- A file is compressed already, or soon gone: trying costs more than it saves.
alter table jobs alter column data set storage external;

alter table jobs enable row level security;
alter table jobs force row level security;
create policy own_tenant on jobs to petraf_app using (tenant_id = petraf_tenant()) with check (tenant_id = petraf_tenant());
create policy every_tenant on jobs to petraf_system using (true) with check (true);
grant select, insert, update, delete on jobs to petraf_app, petraf_system;
