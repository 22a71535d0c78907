package dev.assay.data.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small Hub on this machine, and a second host that stands for the content network. It writes down what it is asked
 * for, and loses connections when told to.
 *
 * <p>Its repository {@code me/model} holds {@code config.json}, which is {@link #SMALL}, and {@code sub/model.bin}, which
 * is {@link #large} and lies with the content network.
 */
final class FakeHub implements AutoCloseable {
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    static final byte[] SMALL = "{\"a\": 1}".getBytes(StandardCharsets.UTF_8);

    /** The range asked for after a broken connection: the client may lose some of what arrived just before. */
    static final String GOING_ON = "bytes=[1-9]\\d{4,5}-";

    static final Backoff SHORT = new Backoff(Duration.ofMillis(1));

    private static final Duration SILENCE = Duration.ofSeconds(20);

    final byte[] large = new byte[200_000];
    final String largeHash;

    /** What came as authorization with every request; the word null where nothing did. */
    final List<String> tokensSeenAtHub = new CopyOnWriteArrayList<>();

    /** The tokens that the content network was shown. */
    final List<String> tokensSeenElsewhere = new CopyOnWriteArrayList<>();

    /** The ranges of the large file that were asked for; the word null for the whole. */
    final List<String> ranges = new CopyOnWriteArrayList<>();

    private final Path cache;
    private final HttpServer hub = server();
    private final HttpServer elsewhere = server();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger drops = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile String retryAfter = "";
    private volatile boolean empty;
    private volatile boolean startsAnew;
    private volatile CountDownLatch silence = new CountDownLatch(0);

    /** Serves from now on; its clients keep their files in the given folder. */
    FakeHub(Path cache) {
        this.cache = cache;
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31 + i / 256);
        }
        largeHash = hash("SHA-256", large);
        hub.createContext("/", this::answer);
        elsewhere.createContext("/", this::content);
        elsewhere.setExecutor(threads);
        hub.start();
        elsewhere.start();
    }

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    HubSettings settings() {
        return new HubSettings(endpoint(), "secret", cache, SILENCE, SHORT, false);
    }

    private String endpoint() {
        return "http://127.0.0.1:" + hub.getAddress().getPort();
    }

    /** A client that may look at the cache alone. */
    Hub offline() {
        return new Hub(new HubSettings(endpoint(), "secret", cache, SILENCE, SHORT, true));
    }

    /** What a client of its own gets for the reference. */
    Path get(String reference) {
        try (Hub client = new Hub(settings())) {
            return client.resolve(HubReference.parse(reference));
        }
    }

    /** Breaks off so many of the coming downloads of the large file in the middle. */
    void drop(int connections) {
        drops.set(connections);
    }

    /** Like {@link #drop}, but falls silent with the connection open, until {@link #goOn} or the end. */
    void fallSilent(int connections) {
        goOn();
        silence = new CountDownLatch(1);
        drop(connections);
    }

    /** Like {@link #fallSilent}, but before the first byte. */
    void saysNothing(int connections) {
        fallSilent(connections);
        empty = true;
    }

    /** Like {@link #drop}, but from the first byte on whatever range is asked for, now after a half and now after a third. */
    void startsAnew(int connections) {
        drop(connections);
        startsAnew = true;
    }

    /** Answers so many of the coming requests with 503, and {@code Retry-After} where it is not empty. */
    void busy(int requests, String after) {
        retryAfter = after;
        refusals.set(requests);
    }

    void goOn() {
        silence.countDown();
    }

    @Override
    public void close() {
        goOn();
        threads.shutdown();
        hub.stop(0);
        elsewhere.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        tokensSeenAtHub.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        if (refusals.getAndDecrement() > 0) {
            if (!retryAfter.isEmpty()) {
                exchange.getResponseHeaders().add("Retry-After", retryAfter);
            }
            reply(exchange, 503, new byte[0]);
            return;
        }
        String path = exchange.getRequestURI().getPath();
        if (path.contains("/former/")) {
            redirect(exchange, 307, path.replace("/former/", "/model/"));
            return;
        }
        exchange.getResponseHeaders().add("X-Repo-Commit", COMMIT);
        switch (path) {
            case "/api/models/me/model/revision/main" -> listing(exchange, "config.json", "sub/model.bin");
            case "/me/model/resolve/main/config.json",
                    "/datasets/me/data/resolve/v1/config.json",
                    "/me/odd/resolve/refs/pr/1/a#b?c [1] +%.json" -> small(exchange);
            case "/me/model/resolve/main/sub/model.bin" -> linked(exchange, largeHash);
            case "/me/model/resolve/main/wrong.bin" -> linked(exchange, "0".repeat(64));
            case "/api/models/me/odd/revision/refs/pr/1" -> listing(exchange, "a#b?c [1] +%.json");
            case "/api/models/me/climbing/revision/main" -> listing(exchange, "../../out");
            case "/me/around/resolve/main/config.json" -> redirect(exchange, 307, path);
            case "/me/private/resolve/main/config.json" -> reply(exchange, 401, new byte[0]);
            default -> reply(exchange, 404, new byte[0]);
        }
    }

    private static void listing(HttpExchange exchange, String... files) throws IOException {
        List<String> siblings = List.of(files).stream()
                .map("{\"rfilename\": \"%s\"}"::formatted)
                .toList();
        String json = "{\"sha\": \"" + COMMIT + "\", \"siblings\": [" + String.join(", ", siblings) + "]}";
        reply(exchange, 200, json.getBytes(StandardCharsets.UTF_8));
    }

    /** A file in git itself goes by git's hash of it. */
    private static void small(HttpExchange exchange) throws IOException {
        String blob = "blob " + SMALL.length + "\0" + new String(SMALL, StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("ETag", "\"" + hash("SHA-1", blob.getBytes(StandardCharsets.UTF_8)) + "\"");
        reply(exchange, 200, SMALL);
    }

    /** A file in large-file storage lies elsewhere. */
    private void linked(HttpExchange exchange, String hash) throws IOException {
        exchange.getResponseHeaders().add("X-Linked-Etag", "\"" + hash + "\"");
        redirect(exchange, 302, "http://localhost:" + elsewhere.getAddress().getPort() + "/blob");
    }

    private static void redirect(HttpExchange exchange, int status, String location) throws IOException {
        exchange.getResponseHeaders().add("Location", location);
        reply(exchange, status, new byte[0]);
    }

    private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    /** The large file, by range; drops the connection in the middle as often as asked. */
    private void content(HttpExchange exchange) throws IOException {
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        if (token != null) {
            tokensSeenElsewhere.add(token);
        }
        String asked = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(String.valueOf(asked));
        String range = startsAnew ? null : asked;
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
        exchange.sendResponseHeaders(range == null ? 200 : 206, large.length - from);
        boolean drop = drops.getAndDecrement() > 0;
        int rest = large.length - from;
        int share = startsAnew ? 2 + ranges.size() % 2 : 2;
        exchange.getResponseBody().write(large, from, !drop ? rest : empty ? 0 : rest / share);
        exchange.getResponseBody().flush();
        if (drop) {
            awaitGoingOn();
        }
        exchange.close();
    }

    private void awaitGoingOn() {
        try {
            silence.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String hash(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
