-- Run once by the PostgreSQL image, as the owner, when the volume is empty. Web, worker and beat may work with rows and change no table.
-- After each migration the service «migrate» takes away what nobody may do to the journal.
\getenv password WEB_DATABASE_PASSWORD
CREATE ROLE nyvei_web LOGIN PASSWORD :'password';
GRANT USAGE ON SCHEMA public TO nyvei_web;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO nyvei_web;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO nyvei_web;
