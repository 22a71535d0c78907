package dev.assay.data.format;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/** Rows of Parquet and CSV files through DuckDB, each as the JSON object DuckDB makes of it; numbered from 1. */
final class TableRows {
    private TableRows() {}

    static void forEach(Path file, Consumer<Row> reader) {
        if (!Files.isRegularFile(file)) {
            throw new AssayException(ErrorKind.DATA, file + ": not there; check the path");
        }
        String table = file.toString().endsWith(".parquet") ? "read_parquet" : "read_csv";
        String query =
                "SELECT to_json(t) FROM " + table + "('" + file.toString().replace("'", "''") + "') t";
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            for (long number = 1; rows.next(); number++) {
                reader.accept(new Row(JsonMapper.shared().readTree(rows.getString(1)), file.toString(), number));
            }
        } catch (SQLException e) {
            throw new AssayException(ErrorKind.DATA, file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
