-- The columns stay in their order: no statement depends on it.
drop trigger uncount_words on rag_corpus;
drop function petraf_uncount_words();
create function petraf_uncount_words() returns trigger language plpgsql as $$
begin
  update corpus_words as held set passages = held.passages - gone.passages
  from (
    select tenant_id, word, count(*) as passages
    from changed cross join unnest(tsvector_to_array(search) || ''::text) as word group by tenant_id, word
  ) as gone
  where held.tenant_id = gone.tenant_id and held.word = gone.word;
  delete from corpus_words where passages <= 0 and tenant_id in (select tenant_id from changed);
  return null;
end $$;
create trigger uncount_words after delete on rag_corpus referencing old table as changed
  for each statement execute function petraf_uncount_words();
