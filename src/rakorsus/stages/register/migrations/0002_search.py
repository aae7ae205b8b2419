"""The index of words: FTS5 kept by triggers on SQLite; GIN over the stems on PostgreSQL."""

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE register_program_fts USING fts5(
        search, content='register_program', content_rowid='id', prefix='3', detail=none)""",
    """CREATE TRIGGER register_program_fts_ai AFTER INSERT ON register_program BEGIN
        INSERT INTO register_program_fts(rowid, search) VALUES (new.id, new.search); END""",
    """CREATE TRIGGER register_program_fts_ad AFTER DELETE ON register_program BEGIN
        INSERT INTO register_program_fts(register_program_fts, rowid, search)
        VALUES ('delete', old.id, old.search); END""",
    """CREATE TRIGGER register_program_fts_au AFTER UPDATE OF search ON register_program
        WHEN old.search <> new.search BEGIN
        INSERT INTO register_program_fts(register_program_fts, rowid, search)
        VALUES ('delete', old.id, old.search);
        INSERT INTO register_program_fts(rowid, search) VALUES (new.id, new.search); END""",
]
POSTGRESQL = [
    """CREATE INDEX register_program_words ON register_program
        USING gin (array_to_tsvector(string_to_array(search, ' ')))""",
    "CREATE INDEX register_program_code_like ON register_program (code varchar_pattern_ops)",
]


def create(apps, schema_editor):
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX register_program_words")
        schema_editor.execute("DROP INDEX register_program_code_like")
        return
    for name in ("ai", "ad", "au"):
        schema_editor.execute(f"DROP TRIGGER register_program_fts_{name}")
    schema_editor.execute("DROP TABLE register_program_fts")


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
