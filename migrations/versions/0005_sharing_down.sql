alter table tenant_config_history alter column config type jsonb;
alter table sessions drop column admins_may_read;
drop table shares;
