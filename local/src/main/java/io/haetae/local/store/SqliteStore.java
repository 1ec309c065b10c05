package io.haetae.local.store;

import io.haetae.store.Action;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.Limits;
import io.haetae.store.Outcome;
import io.haetae.store.Query;
import io.haetae.store.SerialCommit;
import io.haetae.store.Store;
import io.haetae.store.StoreUnavailableException;
import io.haetae.store.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Keeps items in one SQLite file. What is committed outlives the process and the power ({@code WAL}, {@code
 * synchronous=FULL}). Safe for use by several threads, and by several processes on one machine; the file may not lie on
 * a network share.
 *
 * <p>No write id is left on an item: the only way to lose an answer here is to lose the process that waits for it.
 */
public final class SqliteStore implements Store {

    /** Marks the file as ours in its header: "Haet". */
    private static final int APPLICATION_ID = 0x48616574;

    private static final int FORMAT = 1;
    private static final int BUSY_TIMEOUT_MILLIS = 20_000;
    private static final byte[] HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private final Path file;
    private final Connection connection;
    private final Map<Table, Statements> statements;
    private final ReentrantLock lock = new ReentrantLock();

    private SqliteStore(Path file, Connection connection, Map<Table, Statements> statements) {
        this.file = file;
        this.connection = connection;
        this.statements = statements;
    }

    /**
     * Opens the file, making it and its folder when they are not there, and checks the whole of it.
     *
     * @throws StoreFileException when it is damaged, another program's, of a later version, or cannot be opened
     */
    public static SqliteStore open(Path file) {
        Path absolute = file.toAbsolutePath();
        checkHeader(absolute);
        Connection connection = null;
        try {
            connection = connect(absolute);
            prepareFile(absolute, connection);
            Map<Table, Statements> statements = new EnumMap<>(Table.class);
            for (Table table : Table.values()) {
                statements.put(table, new Statements(connection, tableName(table)));
            }
            return new SqliteStore(absolute, connection, statements);
        } catch (SQLException e) {
            closeQuietly(connection, e);
            throw new StoreFileException(absolute, problem(e), e);
        } catch (StoreFileException e) {
            closeQuietly(connection, e);
            throw e;
        }
    }

    private static void checkHeader(Path file) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent(), "an absolute file has a folder"));
            if (!Files.exists(file)) {
                return;
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] start = in.readNBytes(HEADER.length);
                // An empty file is what a crash at the very first opening leaves.
                if (start.length > 0 && !Arrays.equals(start, HEADER)) {
                    throw new StoreFileException(file, "not a data file of this program, or damaged");
                }
            }
        } catch (IOException e) {
            throw new StoreFileException(file, "cannot be opened (" + e + ")", e);
        }
    }

    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    private static void prepareFile(Path file, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (number(statement, "PRAGMA application_id") == 0 && number(statement, "PRAGMA page_count") == 0) {
                // Chunks of bars take 80 KB: larger pages mean shorter chains.
                statement.execute("PRAGMA page_size=8192");
            }
            // Judged before anything is changed: another program's file stays as it is.
            int format = format(file, statement);
            statement.execute("PRAGMA journal_mode=WAL");
            if (format == 0) {
                makeTables(file, statement);
            }
            try (ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
                if (!result.next() || !"ok".equals(result.getString(1))) {
                    throw new StoreFileException(file, "damaged: restore it from a backup, or name another folder");
                }
            }
        }
    }

    /** @return the format of the file, 0 when nothing was ever put in it */
    private static int format(Path file, Statement statement) throws SQLException {
        long application = number(statement, "PRAGMA application_id");
        long format = number(statement, "PRAGMA user_version");
        boolean untouched =
                application == 0 && format == 0 && number(statement, "SELECT count(*) FROM sqlite_master") == 0;
        if (untouched) {
            return 0;
        }
        if (application != APPLICATION_ID) {
            throw new StoreFileException(file, "a data file of another program");
        }
        if (format != FORMAT) {
            throw new StoreFileException(
                    file, "written by another version of this program (format %d, not %d)".formatted(format, FORMAT));
        }
        return FORMAT;
    }

    private static void makeTables(Path file, Statement statement) throws SQLException {
        statement.execute("BEGIN IMMEDIATE");
        try {
            // Another process may have made them while this one waited.
            if (format(file, statement) == 0) {
                for (Table table : Table.values()) {
                    // Keys are bytes, so SQLite orders them as UTF-8 and cuts none at a NUL.
                    statement.execute("CREATE TABLE " + tableName(table)
                            + " (pk BLOB NOT NULL, sk BLOB NOT NULL, attributes BLOB NOT NULL, PRIMARY KEY (pk, sk))");
                }
                statement.execute("PRAGMA application_id=" + APPLICATION_ID);
                statement.execute("PRAGMA user_version=" + FORMAT);
            }
            statement.execute("COMMIT");
        } catch (SQLException | StoreFileException e) {
            try {
                statement.execute("ROLLBACK");
            } catch (SQLException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    @Override
    public Optional<Item> get(Key key) {
        Limits.check(key);
        return reading(() -> Optional.ofNullable(read(key)));
    }

    @Override
    public List<Item> getAll(List<Key> keys) {
        keys.forEach(Limits::check);
        return reading(() -> {
            List<Item> found = new ArrayList<>(keys.size());
            for (Key key : keys) {
                Item item = read(key);
                if (item != null) {
                    found.add(item);
                }
            }
            return List.copyOf(found);
        });
    }

    @Override
    public List<Item> query(Query query) {
        Limits.check(query);
        return reading(() -> {
            PreparedStatement range =
                    query.descending() ? statements(query.table()).descending : statements(query.table()).ascending;
            range.setBytes(1, bytes(query.partition()));
            range.setBytes(2, bytes(query.from()));
            range.setBytes(3, bytes(query.to()));
            range.setInt(4, query.limit() == 0 ? -1 : query.limit());
            List<Item> found = new ArrayList<>();
            try (ResultSet rows = range.executeQuery()) {
                while (rows.next()) {
                    String sort = new String(rows.getBytes(1), StandardCharsets.UTF_8);
                    found.add(ItemCodec.decode(new Key(query.table(), query.partition(), sort), rows.getBytes(2)));
                }
            }
            return List.copyOf(found);
        });
    }

    @Override
    public Outcome commit(List<Action> actions) {
        Limits.check(actions);
        if (actions.isEmpty()) {
            return new Outcome.Committed();
        }
        lock.lock();
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            Outcome outcome;
            try {
                outcome = SerialCommit.apply(actions, new Held());
                if (outcome instanceof Outcome.Refused) {
                    statement.execute("ROLLBACK");
                    return outcome;
                }
            } catch (RuntimeException | SQLException e) {
                rollBack(statement, e);
                throw e;
            }
            return finish(statement, outcome);
        } catch (HeldException e) {
            throw unavailable(e.cause);
        } catch (SQLException e) {
            throw unavailable(e);
        } finally {
            lock.unlock();
        }
    }

    /** A COMMIT that fails may still have reached the disk; only a rollback that succeeds proves that it did not. */
    private Outcome finish(Statement statement, Outcome committed) {
        try {
            statement.execute("COMMIT");
            return committed;
        } catch (SQLException e) {
            try {
                statement.execute("ROLLBACK");
            } catch (SQLException second) {
                return new Outcome.Uncertain(file + ": " + problem(e));
            }
            throw unavailable(e);
        }
    }

    private static void rollBack(Statement statement, Exception cause) {
        try {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            // SQLite has rolled back by itself after some errors, and says so here.
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            throw unavailable(e);
        } finally {
            lock.unlock();
        }
    }

    private <T> T reading(Reading<T> reading) {
        lock.lock();
        try {
            return reading.read();
        } catch (SQLException e) {
            throw unavailable(e);
        } finally {
            lock.unlock();
        }
    }

    private interface Reading<T> {
        T read() throws SQLException;
    }

    private @Nullable Item read(Key key) throws SQLException {
        PreparedStatement one = statements(key.table()).one;
        one.setBytes(1, bytes(key.partition()));
        one.setBytes(2, bytes(key.sort()));
        try (ResultSet rows = one.executeQuery()) {
            return rows.next() ? ItemCodec.decode(key, rows.getBytes(1)) : null;
        }
    }

    private Statements statements(Table table) {
        return Objects.requireNonNull(statements.get(table));
    }

    private StoreUnavailableException unavailable(SQLException e) {
        return new StoreUnavailableException(file + ": " + problem(e), e);
    }

    private static String problem(SQLException e) {
        if (!(e instanceof SQLiteException sqlite)) {
            return "cannot be used (" + e.getMessage() + ")";
        }
        SQLiteErrorCode code = sqlite.getResultCode();
        return switch (code.code & 0xff) {
            case 5, 6 -> "busy: another process has held it for " + BUSY_TIMEOUT_MILLIS / 1000 + " s";
            case 8 -> "cannot be written: the file or its folder is read-only";
            case 11, 26 -> "damaged: restore it from a backup, or name another folder";
            case 13 -> "the disk is full";
            case 14 -> "cannot be opened";
            default -> "cannot be used (" + code + ")";
        };
    }

    private static String tableName(Table table) {
        return table.name().toLowerCase(Locale.ROOT);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getLong(1) : 0;
        }
    }

    private static void closeQuietly(@Nullable Connection connection, Exception cause) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                cause.addSuppressed(e);
            }
        }
    }

    /** The statements of one table, compiled once; closed with the connection. */
    private static final class Statements {

        private final PreparedStatement one;
        private final PreparedStatement ascending;
        private final PreparedStatement descending;
        private final PreparedStatement write;
        private final PreparedStatement remove;

        private Statements(Connection connection, String table) throws SQLException {
            String range = "SELECT sk, attributes FROM " + table + " WHERE pk=? AND sk>=? AND sk<=? ORDER BY sk ";
            one = connection.prepareStatement("SELECT attributes FROM " + table + " WHERE pk=? AND sk=?");
            ascending = connection.prepareStatement(range + "ASC LIMIT ?");
            descending = connection.prepareStatement(range + "DESC LIMIT ?");
            write = connection.prepareStatement("INSERT INTO " + table + " (pk, sk, attributes) VALUES (?, ?, ?)"
                    + " ON CONFLICT (pk, sk) DO UPDATE SET attributes=excluded.attributes");
            remove = connection.prepareStatement("DELETE FROM " + table + " WHERE pk=? AND sk=?");
        }
    }

    /** The items while this process holds SQLite's write lock. */
    private final class Held implements SerialCommit.Items {

        @Override
        public @Nullable Item read(Key key) {
            try {
                return SqliteStore.this.read(key);
            } catch (SQLException e) {
                throw new HeldException(e);
            }
        }

        @Override
        public void write(Item item) {
            try {
                PreparedStatement write = statements(item.key().table()).write;
                write.setBytes(1, bytes(item.key().partition()));
                write.setBytes(2, bytes(item.key().sort()));
                write.setBytes(3, ItemCodec.encode(item));
                write.executeUpdate();
            } catch (SQLException e) {
                throw new HeldException(e);
            }
        }

        @Override
        public void remove(Key key) {
            try {
                PreparedStatement remove = statements(key.table()).remove;
                remove.setBytes(1, bytes(key.partition()));
                remove.setBytes(2, bytes(key.sort()));
                remove.executeUpdate();
            } catch (SQLException e) {
                throw new HeldException(e);
            }
        }
    }

    /** Carries a failure through the transaction's own code. */
    private static final class HeldException extends RuntimeException {

        private final SQLException cause;

        private HeldException(SQLException cause) {
            super(cause);
            this.cause = cause;
        }
    }
}
