-- One thing that an employee said, where, and what has become of it.
create table facts (
  session_id text not null,
  id text not null,
  tenant_id uuid not null default petraf_tenant(),
  phase text not null,
  kind text not null check (kind in ('role', 'deliverable', 'amount', 'date', 'frequency', 'value', 'reason')),
  text text not null,
  message_id text not null,
  begins int not null,
  ends int not null check (ends >= begins),
  state text not null default 'holds' check (state in ('holds', 'replaced', 'withdrawn')),
  replaced_by text,
  position bigint generated always as identity,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (session_id, id),
  foreign key (tenant_id, session_id) references sessions (tenant_id, id) on delete cascade
);

alter table facts enable row level security;
alter table facts force row level security;
create policy own_tenant on facts to petraf_app using (tenant_id = petraf_tenant()) with check (tenant_id = petraf_tenant());
create policy every_tenant on facts to petraf_system using (true) with check (true);
grant select, insert, update, delete on facts to petraf_app, petraf_system;

-- What a message does, piece by piece; null until it was read. A withheld one is for the employee's eyes only.
alter table messages add column acts jsonb;
alter table messages add column withheld boolean not null default false;

-- What the coach asked last, to be asked again behind an answer.
alter table conversation_state add column question text not null default '';

-- Kept by the employee although the score lies below the company's threshold: no success, and in no average.
alter table goals add column below_threshold boolean not null default false;

-- How often somebody was in danger, of the whole installation: no company, no day, no text.
alter table installation add column crises bigint not null default 0;
create function petraf_count_crisis() returns void language sql security definer
  set search_path from current as 'update installation set crises = crises + 1';
revoke execute on function petraf_count_crisis() from public;
grant execute on function petraf_count_crisis() to petraf_app, petraf_system;
