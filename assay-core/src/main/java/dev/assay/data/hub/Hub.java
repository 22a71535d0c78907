package dev.assay.data.hub;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.WriteFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * References to the Hub as local paths: downloaded once, resumed when cut off, checked against the hash that names them, and
 * read from the cache alone when offline.
 */
public final class Hub implements AutoCloseable {
    private final HubSettings settings;
    private final HubHttp http;

    /** The Hub by the given settings. */
    public Hub(HubSettings settings) {
        this.settings = settings;
        this.http = new HubHttp(settings);
    }

    /** A local path for what a recipe or command names: a Hub reference is downloaded, anything else is a path already. */
    public static Path local(String reference) {
        if (!HubReference.is(reference)) {
            return Path.of(reference);
        }
        try (Hub hub = new Hub(HubSettings.fromEnvironment())) {
            return hub.resolve(HubReference.parse(reference));
        }
    }

    /** The local file, or for a whole repository the local folder with all its files. */
    public Path resolve(HubReference reference) {
        HubCache cache = new HubCache(settings.cache(), reference);
        try {
            if (settings.offline()) {
                return cached(reference, cache);
            }
            if (reference.file() != null) {
                return file(reference, reference.file(), cache);
            }
            JsonNode listing = listing(reference);
            List<Path> files = new ArrayList<>();
            for (JsonNode sibling : listing.path("siblings")) {
                String name = sibling.path("rfilename").asString();
                files.add(file(reference.withFile(name), name, cache));
            }
            if (files.isEmpty()) {
                throw new AssayException(ErrorKind.DOWNLOAD, reference + ": the repository holds no files");
            }
            String commit = listing.path("sha").asString();
            cache.markWhole(commit);
            return cache.snapshot(commit);
        } catch (NoConnectionException e) {
            throw new AssayException(
                    ErrorKind.DOWNLOAD,
                    reference + ": " + e.getMessage()
                            + "; see to the network. Without one, HF_HUB_OFFLINE=1 reads what the"
                            + " cache " + settings.cache() + " has; HF_ENDPOINT names a mirror; behind a proxy set"
                            + " JAVA_TOOL_OPTIONS=\"-Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT\"",
                    e);
        } catch (FileSystemException e) {
            throw WriteFailure.of(settings.cache(), e, "HF_HUB_CACHE names another place for the cache");
        } catch (IOException e) {
            throw new AssayException(
                    ErrorKind.DOWNLOAD,
                    reference + ": cannot be downloaded from " + settings.endpoint() + ": " + e.getMessage()
                            + "; what has arrived is kept, run the same command again",
                    e);
        }
    }

    private Path cached(HubReference reference, HubCache cache) {
        if (reference.file() == null
                && cache.commit(reference.revision()).filter(cache::isPartial).isPresent()) {
            throw new AssayException(
                    ErrorKind.DOWNLOAD,
                    reference + ": the cache " + settings.cache() + " has some of its files, not all of them, and"
                            + " HF_HUB_OFFLINE forbids to download the rest; unset it once, or name one file");
        }
        Optional<Path> place = cache.commit(reference.revision())
                .map(cache::snapshot)
                .map(snapshot -> reference.file() == null ? snapshot : snapshot.resolve(reference.file()));
        return place.filter(Files::exists)
                .orElseThrow(() -> new AssayException(
                        ErrorKind.DOWNLOAD,
                        reference + ": not in the cache " + settings.cache()
                                + ", and HF_HUB_OFFLINE forbids to download" + " it; unset it once"));
    }

    private JsonNode listing(HubReference reference) throws IOException {
        URI address =
                URI.create(settings.endpoint() + "/api/" + reference.kind().plural() + "/" + reference.repository()
                        + "/revision/" + segment(reference.revision()));
        HttpResponse<InputStream> response = http.get(address, 0);
        try (InputStream body = response.body()) {
            http.requireSuccess(response, reference);
            return JsonMapper.shared().readTree(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            throw new IOException("its answer is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private Path file(HubReference reference, String name, HubCache cache) throws IOException {
        if (Arrays.asList(name.split("/", -1)).contains("..") || name.startsWith("/")) {
            throw new IOException("it names a file outside of its repository, \"" + name + "\"");
        }
        URI address = URI.create(settings.endpoint() + "/" + reference.kind().path() + reference.repository()
                + "/resolve/" + segment(reference.revision()) + "/" + path(name));
        HttpResponse<InputStream> about = http.head(address);
        about.body().close();
        http.requireSuccess(about, reference);
        String etag = about.headers()
                .firstValue("x-linked-etag")
                .or(() -> about.headers().firstValue("etag"))
                .map(Hub::plain)
                .orElseThrow(() -> new IOException("the answer names no hash (ETag)"));
        String commit = about.headers()
                .firstValue("x-repo-commit")
                .orElseThrow(() -> new IOException("the answer names no commit (X-Repo-Commit)"));
        new BlobDownload(http, settings.backoff(), reference, name, address)
                .fill(cache.blob(etag), cache.lock(etag), etag);
        cache.markPartial(commit);
        return cache.link(reference.revision(), commit, name, etag);
    }

    /** A file's path as part of an address: names may hold {@code #}, {@code ?}, {@code [} and anything else. */
    private static String path(String name) {
        return Arrays.stream(name.split("/", -1)).map(Hub::segment).collect(Collectors.joining("/"));
    }

    private static String segment(String text) {
        // The encoder is made for forms, in which a space is a plus.
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String plain(String etag) {
        String strong = etag.startsWith("W/") ? etag.substring(2) : etag;
        return strong.replace("\"", "");
    }

    @Override
    public void close() {
        http.close();
    }
}
