package dev.assay.data.format;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.data.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows of Parquet and CSV files through DuckDB, each as the JSON object DuckDB makes of it; numbered from 1. A cell of a CSV
 * file is the text that stands in it, whatever it looks like; an empty one is null, and an empty text where it is quoted.
 */
final class TableRows {
    private static final Pattern NAME = Pattern.compile("\\G(?:\"((?:[^\"]|\"\")*)\"|([^,]*))(?:,|$)");
    private static final Pattern COUNTS = Pattern.compile("Expected Number of Columns: (\\d+) Found: (\\d+)");

    private static final long REJECTED = -1;

    private TableRows() {}

    static void forEach(Path file, Consumer<Row> reader, Consumer<String> onBroken) {
        if (!Files.isRegularFile(file)) {
            throw new AssayException(ErrorKind.DATA, file + ": not there; check the path");
        }
        boolean csv = !file.toString().endsWith(".parquet");
        String table = csv ? csv(file) : "read_parquet(" + quoted(file.toString()) + ")";
        try {
            long count = count(file, table, csv, onBroken);
            // Lines that are no rows would shift the numbers of those that follow, so they are mended first.
            if (count != REJECTED) {
                stream(file, table, count, reader, onBroken);
            }
        } catch (SQLException e) {
            throw new AssayException(ErrorKind.DATA, file + ": " + reason(e), e);
        }
    }

    /** A pass for the number of rows, or {@link #REJECTED} where lines are none, which is known only at the end. */
    private static long count(Path file, String table, boolean csv, Consumer<String> onBroken) throws SQLException {
        // Whole rows, since DuckDB does not look for faults in cells that nobody asks for.
        String whole = csv ? ", sum(strlen(to_json(t)))" : "";
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*)" + whole + " FROM " + table + " t")) {
            count.next();
            return csv && rejected(connection, file, onBroken) ? REJECTED : count.getLong(1);
        }
    }

    /** A pass that hands over rows while it reads on; DuckDB's driver gathers a whole result unless it is told to stream. */
    private static void stream(Path file, String table, long count, Consumer<Row> reader, Consumer<String> onBroken)
            throws SQLException {
        Properties streaming = new Properties();
        streaming.setProperty("jdbc_stream_results", "true");
        long read = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:", streaming);
                Statement statement = connection.createStatement()) {
            // How far it reads ahead; the lengths of texts do not count in it. Several threads would each hold a group
            // of rows, and
            // meet a fault before the rows in front of it are handed over.
            statement.execute("SET streaming_buffer_size='64KB'");
            statement.execute("SET threads=1");
            try (ResultSet rows = statement.executeQuery("SELECT to_json(t) FROM " + table + " t")) {
                while (rows.next()) {
                    read++;
                    row(file, rows.getString(1), read, reader, onBroken);
                }
            }
        } catch (SQLException e) {
            if (read == 0) {
                throw e;
            }
            throw new AssayException(ErrorKind.DATA, unfinished(file, read, count), e);
        }
        if (read < count) {
            throw new AssayException(ErrorKind.DATA, unfinished(file, read, count));
        }
    }

    private static String unfinished(Path file, long read, long count) {
        return file + ": cannot be read beyond row " + read + " of " + count
                + "; the file is damaged: download it again or write it anew";
    }

    private static void row(Path file, String text, long number, Consumer<Row> reader, Consumer<String> onBroken) {
        JsonNode json;
        try {
            json = JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            onBroken.accept(Origin.place(file.toString(), number) + ": " + JsonFault.of(e));
            return;
        }
        reader.accept(new Row(json, file.toString(), number));
    }

    /** Every option is given, since what DuckDB finds out by itself depends on the rows. */
    private static String csv(Path file) {
        String columns =
                header(file).stream().map(name -> quoted(name) + ": 'VARCHAR'").collect(Collectors.joining(", "));
        return "read_csv(" + quoted(file.toString()) + ", auto_detect=false, header=true, columns={" + columns
                + "}, delim=',', quote='\"', escape='\"', allow_quoted_nulls=false, store_rejects=true)";
    }

    /** The names in the first line; a zipped file is read to its end, since DuckDB does not tell when it is cut off. */
    private static List<String> header(Path file) {
        try (InputStream bytes = FileRows.open(file)) {
            Utf8Lines.Line first = new Utf8Lines(bytes).next();
            bytes.transferTo(OutputStream.nullOutputStream());
            String text = first == null ? "" : first.text();
            if (text == null) {
                throw new AssayException(ErrorKind.DATA, file + ": " + JsonFault.NOT_UTF8);
            }
            if (text.isBlank()) {
                throw new AssayException(
                        ErrorKind.DATA, file + ": there is no row in it; the first line must name the columns");
            }
            List<String> names =
                    NAME.matcher(text).results().map(TableRows::name).toList();
            // The end of the line is matched once more as an empty name.
            List<String> whole = text.endsWith(",") ? names : names.subList(0, names.size() - 1);
            if (whole.stream().distinct().count() < whole.size()) {
                throw new AssayException(ErrorKind.DATA, file + ": the first line names a column twice: " + text);
            }
            return whole;
        } catch (IOException e) {
            throw new AssayException(ErrorKind.DATA, JsonFault.in(file, e), e);
        }
    }

    private static boolean rejected(Connection connection, Path file, Consumer<String> onBroken) throws SQLException {
        boolean any = false;
        try (Statement statement = connection.createStatement();
                ResultSet rejects = statement.executeQuery(
                        "SELECT line, any_value(error_type), any_value(error_message) FROM reject_errors"
                                + " GROUP BY line ORDER BY line")) {
            while (rejects.next()) {
                any = true;
                onBroken.accept(
                        file + ":" + rejects.getLong(1) + ": " + reason(rejects.getString(2), rejects.getString(3)));
            }
        }
        return any;
    }

    private static String reason(String type, String message) {
        Matcher counts = COUNTS.matcher(message);
        return switch (type) {
            case "INVALID ENCODING" -> JsonFault.NOT_UTF8;
            case "UNQUOTED VALUE" -> "a quotation mark is not closed, or not doubled inside quoted text";
            default ->
                counts.find()
                        ? "the line has " + counts.group(2) + " cells and the first line names " + counts.group(1)
                                + " columns; quote a text that holds a comma"
                        : message.lines().findFirst().orElse(type);
        };
    }

    /** DuckDB's own words, without the query and the options it lists. */
    private static String reason(SQLException failure) {
        String words = String.valueOf(failure.getMessage())
                .lines()
                .filter(line -> line.contains("Error: "))
                .reduce("", (first, last) -> last);
        String what = words.substring(words.isEmpty() ? 0 : words.lastIndexOf("Error: ") + "Error: ".length());
        return "cannot be read: " + (what.isEmpty() ? failure.getMessage() : what)
                + "; the file is damaged or of another kind: download it again or write it anew";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String name(MatchResult match) {
        return match.group(1) == null ? match.group(2) : match.group(1).replace("\"\"", "\"");
    }
}
