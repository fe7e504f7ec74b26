alter table sessions drop column admins_may_read;
drop table shares;
