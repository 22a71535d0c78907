package dev.assay.data.format;

import dev.assay.WriteFailure;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;

/** Writes JSON Lines, gzipped where the name ends in {@code .gz}; a reader sees the whole file or the one before it. */
final class JsonLinesFile {
    private static final JsonMapper JSON = JsonMapper.shared();

    private JsonLinesFile() {}

    static <T> void write(Path file, List<T> rows, Function<T, Map<String, Object>> toRow) {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try {
            Files.createDirectories(file.toAbsolutePath().resolveSibling(".").normalize());
            fill(partial, file.toString().endsWith(".gz"), rows, toRow);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            discard(partial);
            throw WriteFailure.of(file, e, "what was there before is intact");
        }
    }

    private static <T> void fill(Path partial, boolean zipped, List<T> rows, Function<T, Map<String, Object>> toRow)
            throws IOException {
        try (FileChannel channel = FileChannel.open(
                partial, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            // Closing the channel is left to the outer block, after what the writer held back is on the disk.
            OutputStream bytes = Channels.newOutputStream(channel);
            GZIPOutputStream zip = zipped ? new GZIPOutputStream(bytes, 1 << 16) : null;
            Writer writer =
                    new BufferedWriter(new OutputStreamWriter(zip == null ? bytes : zip, StandardCharsets.UTF_8));
            for (T row : rows) {
                writer.write(JSON.writeValueAsString(toRow.apply(row)));
                writer.write('\n');
            }
            writer.flush();
            if (zip != null) {
                zip.finish();
            }
            channel.force(true);
        }
    }

    private static void discard(Path partial) {
        try {
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            // the failure that brought us here is the one to report
        }
    }
}
