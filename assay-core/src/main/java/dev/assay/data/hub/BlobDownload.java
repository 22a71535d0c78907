package dev.assay.data.hub;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.WriteFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** One file on its way into the cache: {@code .incomplete} beside the blob, renamed once its hash is right. */
final class BlobDownload {
    private static final int BLOCK = 1 << 16;
    private static final String KEPT = "what has arrived is kept, run the same command again";

    private final HubHttp http;
    private final Backoff backoff;
    private final HubReference reference;
    private final String name;
    private final URI address;
    private final DownloadListener listener = Downloads.listener();

    /** The file {@code name} of a repository, which stands at {@code address}. */
    BlobDownload(HubHttp http, Backoff backoff, HubReference reference, String name, URI address) {
        this.http = http;
        this.backoff = backoff;
        this.reference = reference;
        this.name = name;
        this.address = address;
    }

    /** Makes the blob be there: by this process, or by another that is at it already. */
    void fill(Path blob, Path lock, String etag) throws IOException {
        if (Files.exists(blob)) {
            return;
        }
        Files.createDirectories(Objects.requireNonNull(blob.getParent()));
        try (BlobLock held = BlobLock.take(lock, () -> listener.onWaiting(name))) {
            if (!Files.exists(blob)) {
                download(blob, etag);
            }
        } finally {
            listener.onEnd(name);
        }
    }

    /** Goes on where a lost connection or an earlier run was cut off. Failures count until more has arrived than ever before. */
    private void download(Path blob, String etag) throws IOException {
        Path incomplete = blob.resolveSibling(blob.getFileName() + ".incomplete");
        int failures = 0;
        long furthest = size(incomplete);
        while (true) {
            try {
                append(incomplete);
                break;
            } catch (IOException e) {
                // Of a server that starts anew each time the file may shrink: growing again is no progress.
                failures = size(incomplete) > furthest ? 1 : failures + 1;
                furthest = Math.max(furthest, size(incomplete));
                if (failures == Backoff.TRIES) {
                    throw e instanceof NoConnectionException ? e : lost(e);
                }
                Backoff.pause(backoff.after(failures));
            }
        }
        if (!BlobHash.matches(incomplete, etag)) {
            Files.delete(incomplete);
            throw new AssayException(
                    ErrorKind.DOWNLOAD,
                    reference + ": what arrived does not have the hash " + etag
                            + "; it was thrown away, run the same command again");
        }
        Files.move(incomplete, blob, StandardCopyOption.ATOMIC_MOVE);
    }

    private static IOException lost(IOException last) {
        return new IOException(
                "the connection was lost " + Backoff.TRIES + " times without getting further: " + last.getMessage(),
                last);
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private void append(Path incomplete) throws IOException {
        long have = size(incomplete);
        HttpResponse<InputStream> response = http.get(address, have);
        try (InputStream body = response.body()) {
            if (response.statusCode() == 416) {
                // All of it has arrived before: there is nothing behind the last byte.
                return;
            }
            http.requireSuccess(response, reference);
            boolean goesOn = response.statusCode() == 206;
            long length = response.headers().firstValueAsLong("content-length").orElse(-1);
            copy(body, incomplete, goesOn ? have : 0, length);
        }
    }

    private void copy(InputStream body, Path incomplete, long from, long length) throws IOException {
        long bytes = from;
        long total = length < 0 ? -1 : from + length;
        byte[] block = new byte[BLOCK];
        try (OutputStream out = open(incomplete, from > 0)) {
            listener.onBytes(name, bytes, total);
            for (int count = body.read(block); count >= 0; count = body.read(block)) {
                write(out, block, count, incomplete);
                bytes += count;
                listener.onBytes(name, bytes, total);
            }
        }
    }

    // A disk that refuses a write refuses the next one too: its failures leave the loop of tries at once.

    private static OutputStream open(Path file, boolean append) {
        try {
            return Files.newOutputStream(
                    file,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    append ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw WriteFailure.of(file, e, KEPT);
        }
    }

    private static void write(OutputStream out, byte[] block, int count, Path file) {
        try {
            out.write(block, 0, count);
        } catch (IOException e) {
            throw WriteFailure.of(file, e, KEPT);
        }
    }
}
