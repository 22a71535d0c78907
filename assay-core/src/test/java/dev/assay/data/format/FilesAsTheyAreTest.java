package dev.assay.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.AssayException;
import dev.assay.data.PreferencePair;
import dev.assay.data.RatedResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts arrive as they stand in a file, and a file that is not what it should be says where and what to do. */
class FilesAsTheyAreTest {
    private static final String ROW = "{\"prompt\": \"q\", \"chosen\": \"%s\", \"rejected\": \"b\"}\n";

    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return file(name, text, StandardCharsets.UTF_8);
    }

    private Path file(String name, String text, Charset charset) throws IOException {
        return Files.write(folder.resolve(name), text.getBytes(charset));
    }

    private static AbstractThrowableAssert<?, ?> reading(Path file) {
        return assertThatThrownBy(() -> PreferenceReaders.pairs(file, "s", null))
                .isInstanceOf(AssayException.class);
    }

    @Test
    void a_cell_of_a_csv_file_is_a_text_whatever_it_looks_like() throws IOException {
        Path csv = file("a.csv", """
                prompt,chosen,rejected,margin
                when?,01/02/2020,2020-02-01T00:00:00,1.5
                who?,007,7,
                so?,true,false,2
                what?,"",NULL,
                "a ""quoted"" name, and more","two
                lines",# none,
                """);

        List<PreferencePair> pairs = PreferenceReaders.pairs(csv, "s", null);
        assertThat(pairs)
                .extracting(pair -> pair.chosen().last().content())
                .containsExactly("01/02/2020", "007", "true", "", "two\nlines");
        assertThat(pairs)
                .extracting(pair -> pair.rejected().last().content())
                .containsExactly("2020-02-01T00:00:00", "7", "false", "NULL", "# none");
        assertThat(pairs.getFirst().strength().margin()).hasValue(1.5);
        assertThat(pairs.get(1).strength().margin()).isEmpty();
        assertThat(pairs.getLast().prompt().last().content()).isEqualTo("a \"quoted\" name, and more");
        assertThat(pairs.get(2).origin().place()).endsWith("a.csv row 3");
    }

    @Test
    void numbers_and_truths_of_a_csv_file_are_read_from_their_texts() throws IOException {
        Path safe = file("s.csv", "prompt,response,is_safe\nq,a,True\nq,b,0\n");

        assertThat(PreferenceReaders.rated(safe, "s", null))
                .extracting(RatedResponse::ratings)
                .extracting(ratings -> ratings.values().iterator().next().value())
                .containsExactly(1.0, 0.0);
    }

    @Test
    void lines_of_a_csv_file_that_are_no_rows_are_all_named() throws IOException {
        reading(file("few.csv", "prompt,chosen,rejected\nq,a,b\nq,a\nq,a,b\nq,a,b,c\n"))
                .hasMessageContaining("2 problems")
                .hasMessageContaining("few.csv:3: the line has 2 cells and the first line names 3 columns")
                .hasMessageContaining("few.csv:5: the line has 4 cells");
        reading(file("null.csv", "prompt,chosen,rejected\nq,a,b\nq,,b\n"))
                .hasMessageContaining("null.csv row 2: chosen must be a text");
        reading(file("twice.csv", "prompt,chosen,chosen\nq,a,b\n")).hasMessageContaining("names a column twice");
        reading(file("empty.csv", "")).hasMessageContaining("empty.csv: there is no row in it");
        reading(file("latin.csv", "prompt,chosen,rejected\nq,café,b\n", StandardCharsets.ISO_8859_1))
                .hasMessageContaining("latin.csv:2: this is not UTF-8; convert the file");
    }

    @Test
    void rows_of_an_array_have_their_lines() throws IOException {
        reading(file(
                        "a.json",
                        "[\n" + ROW.formatted("a")
                                + ",\n\n{\"prompt\": \"q\",\n \"chosen\": 3, \"rejected\": \"b\"},\n7]"))
                .hasMessageContaining("a.json:5: chosen must be a text")
                .hasMessageContaining("a.json:7: a row must be a JSON object");
        reading(file("cut.json", "[\n" + ROW.formatted("a") + ",\n{\"prompt\": \n"))
                .hasMessageContaining("cut.json:5: no valid JSON");
    }

    @Test
    void bytes_that_are_no_utf_8_are_an_error_of_their_line_and_never_replaced() throws IOException {
        reading(file(
                        "l.jsonl",
                        ROW.formatted("a") + ROW.formatted("café") + ROW.formatted("c"),
                        StandardCharsets.ISO_8859_1))
                .hasMessageContaining("1 problem")
                .hasMessageContaining("l.jsonl:2: this is not UTF-8; convert the file, such as with iconv");
        reading(file("l.json", "[" + ROW.formatted("café") + "]", StandardCharsets.ISO_8859_1))
                .hasMessageContaining("l.json:1: this is not UTF-8");
        assertThat(PreferenceReaders.pairs(file("bom.jsonl", "\uFEFF" + ROW.formatted("café 屋顶 😀")), "s", null))
                .singleElement()
                .satisfies(pair -> assertThat(pair.chosen().last().content()).isEqualTo("café 屋顶 😀"));
    }

    @Test
    void a_number_that_json_lacks_is_named_without_advice_to_programmers() throws IOException {
        reading(file("nan.jsonl", "{\"prompt\": \"q\", \"chosen\": \"a\", \"rejected\": \"b\", \"margin\": NaN}\n"))
                .hasMessageContaining("nan.jsonl:1: NaN is no JSON number; leave the field out")
                .hasMessageNotContainingAny("Feature", "REDACTED", "enable");
    }

    @Test
    void a_cut_or_doubled_value_is_told_in_words_and_with_the_next_step() throws IOException {
        reading(file("cut.jsonl", ROW.formatted("a") + "{\"prompt\": \"q\", \"chosen\": \"a\"\n"))
                .hasMessageContaining(
                        "cut.jsonl:2: no valid JSON: it ends in the middle of a value; mend or delete this line")
                .hasMessageNotContainingAny("Source", "REDACTED", "marker");
        reading(file("two.jsonl", ROW.formatted("a") + ROW.formatted("b").strip() + ROW.formatted("c")))
                .hasMessageContaining("two.jsonl:2: a second value on the line; write one a line")
                .hasMessageNotContainingAny("JsonToken", "Feature");
        reading(file("wrong.jsonl", "{\"prompt\": [1}\n"))
                .hasMessageContaining("wrong.jsonl:1: no valid JSON: Unexpected close marker")
                .hasMessageContaining("; mend or delete this line")
                .hasMessageNotContainingAny("Source", "REDACTED");
        reading(file("cut.json", "[\n" + ROW.formatted("a") + ",\n{\"prompt\": \"q\""))
                .hasMessageContaining(
                        "cut.json:4: no valid JSON: it ends in the middle of a value; mend the file there")
                .hasMessageNotContainingAny("Source", "REDACTED", "marker");
        reading(file("open.json", "[" + ROW.formatted("a"))).hasMessageContaining("ends in the middle of a value");
    }

    @Test
    void text_behind_a_list_is_an_error_and_a_byte_order_mark_before_it_is_not() throws IOException {
        String list = "[" + ROW.formatted("a") + "]";
        reading(file("more.json", list + "\n" + ROW.formatted("b")))
                .hasMessageContaining("more.json:2: there is text behind the ] that closes the list");
        reading(file("junk.json", list + " junk")).hasMessageContaining("junk.json:2: there is text behind the ]");
        assertThat(PreferenceReaders.pairs(file("bom.json", "\uFEFF " + list + "\n"), "s", null))
                .hasSize(1);
        assertThat(PreferenceReaders.pairs(file("none.json", "[]"), "s", null)).isEmpty();
    }

    @Test
    void a_zipped_file_that_is_cut_off_names_its_last_line() throws IOException {
        byte[] whole = zipped(ROW.formatted("a").repeat(3));
        Path cut = Files.write(folder.resolve("cut.jsonl.gz"), Arrays.copyOf(whole, whole.length - 8));
        reading(cut).hasMessageContaining("cut.jsonl.gz:4: the gzip data ends too early or is damaged; download");

        byte[] table = zipped("prompt,chosen,rejected\n" + "q,a,b\n".repeat(3));
        Path cutTable = Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(table, table.length - 8));
        reading(cutTable).hasMessageContaining("cut.csv.gz: the gzip data ends too early");
    }

    private static byte[] zipped(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void a_broken_parquet_file_says_so_without_a_query() throws IOException, SQLException {
        reading(file("b.parquet", "this is no table at all"))
                .hasMessageContaining("b.parquet: cannot be read: No magic bytes found")
                .hasMessageContaining("download it again or write it anew")
                .hasMessageNotContainingAny("SELECT", "LINE 1");
        Path odd = folder.resolve("nan.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "COPY (SELECT 'q' AS prompt, 'a' AS chosen, 'b' AS rejected, 'nan'::DOUBLE AS margin) TO '" + odd
                            + "' (FORMAT parquet)");
        }
        reading(odd).hasMessageContaining("nan.parquet row 1: NaN is no JSON number");
    }

    /** A table whose last bytes of data are broken: whoever gathers it whole never hands over its first row. */
    @Test
    void rows_of_a_table_arrive_before_its_end_is_read() throws IOException, SQLException {
        int count = 20_000;
        Path table = folder.resolve("large.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (SELECT 'q' || i AS prompt, 'a' AS chosen, repeat(md5(i::VARCHAR), 120) AS rejected"
                    + " FROM range(" + count + ") r(i)) TO '" + table + "' (FORMAT parquet, ROW_GROUP_SIZE 2048)");
            breakLastGroup(table, statement);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("SELECT to_json(t) FROM '" + table + "' t"))
                    .as("the gathering twin")
                    .isInstanceOf(SQLException.class);
        }
        List<Row> rows = new ArrayList<>();

        assertThatThrownBy(() -> TableRows.forEach(table, rows::add, problem -> {}))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("large.parquet: cannot be read beyond row")
                .hasMessageContaining(" of " + count + "; the file is damaged");
        assertThat(rows).hasSizeBetween(1, count - 1);
        assertThat(rows).extracting(row -> row.text("prompt")).startsWith("q0", "q1", "q2");
        for (Row row : rows) {
            assertThat(row.text("prompt")).isEqualTo("q" + (row.line() - 1));
        }
    }

    private static void breakLastGroup(Path table, Statement statement) throws IOException, SQLException {
        long place;
        try (ResultSet last = statement.executeQuery(
                "SELECT max(coalesce(dictionary_page_offset, data_page_offset)) FROM parquet_metadata('" + table
                        + "')")) {
            last.next();
            place = last.getLong(1);
        }
        byte[] bytes = Files.readAllBytes(table);
        Arrays.fill(bytes, (int) place, (int) place + 64, (byte) 0xff);
        Files.write(table, bytes);
    }

    @Test
    void lines_end_as_everywhere_and_none_waits_for_more_than_its_end() throws IOException {
        byte[] text = "a\r\nb\rc\n\n\u00e9".getBytes(StandardCharsets.UTF_8);
        try (Utf8Lines lines = new Utf8Lines(new ByteArrayInputStream(text))) {
            List<String> read = new ArrayList<>();
            for (Utf8Lines.Line line = lines.next(); line != null; line = lines.next()) {
                read.add(line.number() + String.valueOf(line.text()));
            }
            assertThat(read).containsExactly("1a", "2b", "3c", "4", "5é");
            assertThat(lines.number()).isEqualTo(5);
        }
        try (Utf8Lines lines = new Utf8Lines(new ByteArrayInputStream(new byte[] {'a', '\r', '\n'}))) {
            assertThat(lines.next()).isEqualTo(new Utf8Lines.Line(1, "a"));
            assertThat(lines.ready()).isFalse();
            assertThat(lines.next()).isNull();
        }
        String longer = "x".repeat(200_000);
        try (Utf8Lines lines =
                new Utf8Lines(new ByteArrayInputStream((longer + "\n" + longer).getBytes(StandardCharsets.UTF_8)))) {
            assertThat(lines.next()).isEqualTo(new Utf8Lines.Line(1, longer));
            assertThat(lines.next()).isEqualTo(new Utf8Lines.Line(2, longer));
        }
    }
}
