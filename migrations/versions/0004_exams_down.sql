alter table goals drop column exam;
