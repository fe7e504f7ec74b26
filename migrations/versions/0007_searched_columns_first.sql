-- What a search reads of every passage stands first in its row and what it reads of a few last, so that the rest of a row needn't
-- come into the processor's cache. Passages of a company and document lie together again. Large companies' own indexes go with the
-- old table; the server builds them anew, and until then looks at each of their passages.

-- Nobody uploads or moves passages meanwhile; searches go on.
lock table documents, rag_corpus in share row exclusive mode;
do $$
declare dimensions int := (
  select atttypmod from pg_attribute where attrelid = 'rag_corpus'::regclass and attname = 'embedding');
begin
  execute format($sql$
    create table rag_corpus_next (
      id uuid primary key default gen_random_uuid(),
      tenant_id uuid not null default petraf_tenant(),
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      position int not null,
      words sparsevec not null generated always as (petraf_words(petraf_search(title, heading, content))) stored,
      embedding halfvec(%s) not null,
      category text not null,
      page int,
      document_id text not null,
      title text not null,
      heading text not null default '',
      metadata jsonb not null default '{}',
      content text not null,
      search tsvector not null generated always as (petraf_search(title, heading, content)) stored,
      foreign key (tenant_id, document_id) references documents (tenant_id, id) on delete cascade
    )$sql$, dimensions);
  if dimensions <= 2000 then
    alter table rag_corpus_next alter column embedding set storage plain;
  end if;
end $$;
alter table rag_corpus_next alter column words set storage plain;

alter table rag_corpus_next enable row level security;
alter table rag_corpus_next force row level security;
create policy own_tenant on rag_corpus_next to petraf_app using (tenant_id = petraf_tenant()) with check (tenant_id = petraf_tenant());
create policy every_tenant on rag_corpus_next to petraf_system using (true) with check (true);
grant select, insert, update, delete on rag_corpus_next to petraf_app, petraf_system;

-- The owner may be held to the policies too, so rows are touched as the role that sees them all.
set local role petraf_system;
insert into rag_corpus_next
  (id, tenant_id, created_at, updated_at, position, embedding, category, page, document_id, title, heading, metadata, content)
select id, tenant_id, created_at, updated_at, position, embedding, category, page, document_id, title, heading, metadata, content
from rag_corpus order by tenant_id, document_id, position;
reset role;

lock table documents, rag_corpus in access exclusive mode;
drop table rag_corpus;
alter table rag_corpus_next rename to rag_corpus;
alter index rag_corpus_next_pkey rename to rag_corpus_pkey;
alter table rag_corpus rename constraint rag_corpus_next_tenant_id_document_id_fkey to rag_corpus_tenant_id_document_id_fkey;
create index on rag_corpus (tenant_id, category);
create index on rag_corpus (document_id);
-- Words are counted from here on; those of the passages that were copied are.
create trigger count_words after insert on rag_corpus referencing new table as changed
  for each statement execute function petraf_count_words();
create trigger uncount_words after delete on rag_corpus referencing old table as changed
  for each statement execute function petraf_uncount_words();
-- A document's passages are deleted with it under the owner's name, whom the policies hide every count from.
do $$ begin
  execute format('grant create on schema %I to petraf_system', current_schema());
  alter function petraf_uncount_words() security definer;
  execute format('alter function petraf_uncount_words() set search_path to %I', current_schema());
  alter function petraf_uncount_words() owner to petraf_system;
  execute format('revoke create on schema %I from petraf_system', current_schema());
end $$;
analyze rag_corpus;
-- A vector that a broken-off `petraf reindex` had made is made again.
update installation set next_model = null, next_dimensions = null;
