-- The query without the name of the company that asks. Handbooks seldom name their own company, so its name would count as a rare
-- word that no passage holds. As it is spelt or in capitals only: for a company called Progress "progress" stays a word.
create function petraf_without_name(asked text) returns text language plpgsql stable as $$
declare
  name text := (select tenants.name from tenants where id = petraf_tenant());
begin
  -- "Acme" of "The Acme GmbH & Co. KG".
  name := regexp_replace(name,
    '([\s,.&]+(inc|incorporated|corp|corporation|co|company|llc|llp|plc|ltd|limited|pty|gmbh|ag|se|kg|ohg|ug|e\.?v|b\.?v|n\.?v|s\.?a'
    '|s\.?l|s\.?p\.?a|s\.?r\.?l|s\.?a\.?s|a\.?b|a\.?s|aps|oyj?))+\W*$', '', 'i');
  name := regexp_replace(regexp_replace(name, '^(the\s+|\W+)+', '', 'i'), '\W+$', '');
  if coalesce(name, '') = '' then
    return asked;
  end if;
  return regexp_replace(asked, '(?<!\w)(' || (
    select string_agg(regexp_replace(spelt, '([^[:alnum:][:space:]])', '\\\1', 'g'), '|')
    from unnest(array[name, initcap(name), upper(name)]) as spelt) || ')(?!\w)', ' ', 'g');
end $$;
