package dev.assay.data.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.assay.AssayException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a small Hub of our own, and a second host that stands for the content network. */
class HubTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    /** The client may lose some of what arrived just before the connection broke. */
    private static final String GOING_ON = "bytes=[1-9]\\d{4,5}-";

    private static final Duration SILENCE = Duration.ofSeconds(20);
    private static final byte[] SMALL = "{\"a\": 1}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path cache;

    private final byte[] large = new byte[200_000];
    private final List<String> tokensSeenElsewhere = new CopyOnWriteArrayList<>();
    private final List<String> tokensSeenAtHub = new CopyOnWriteArrayList<>();
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private final AtomicInteger drops = new AtomicInteger();
    private CountDownLatch stall = new CountDownLatch(0);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private String largeHash = "";
    private HttpServer hub;
    private HttpServer elsewhere;

    HubTest() throws IOException {
        hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() throws Exception {
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31 + i / 256);
        }
        largeHash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(large));
        hub.createContext("/", this::answer);
        elsewhere.createContext("/", this::content);
        elsewhere.setExecutor(threads);
        hub.start();
        elsewhere.start();
    }

    @AfterEach
    void stop() {
        stall.countDown();
        threads.shutdown();
        hub.stop(0);
        elsewhere.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        tokensSeenAtHub.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        String path = exchange.getRequestURI().getPath();
        if (path.contains("/former/")) {
            exchange.getResponseHeaders().add("Location", path.replace("/former/", "/model/"));
            reply(exchange, 307, new byte[0]);
            return;
        }
        exchange.getResponseHeaders().add("X-Repo-Commit", COMMIT);
        switch (path) {
            case "/me/around/resolve/main/config.json" -> {
                exchange.getResponseHeaders().add("Location", path);
                reply(exchange, 307, new byte[0]);
            }
            case "/api/models/me/model/revision/main" ->
                reply(
                        exchange,
                        200,
                        ("{\"sha\": \"" + COMMIT
                                        + "\", \"siblings\": [{\"rfilename\": \"config.json\"}, {\"rfilename\": \"sub/model.bin\"}]}")
                                .getBytes(StandardCharsets.UTF_8));
            case "/me/model/resolve/main/config.json", "/datasets/me/data/resolve/v1/config.json" -> {
                exchange.getResponseHeaders().add("ETag", "\"" + gitHash(SMALL) + "\"");
                reply(exchange, 200, SMALL);
            }
            case "/me/model/resolve/main/sub/model.bin" -> redirect(exchange, largeHash);
            case "/me/model/resolve/main/wrong.bin" -> redirect(exchange, "0".repeat(64));
            case "/api/models/me/odd/revision/refs/pr/1" ->
                reply(
                        exchange,
                        200,
                        ("{\"sha\": \"" + COMMIT + "\", \"siblings\": [{\"rfilename\": \"a#b?c [1] +%.json\"}]}")
                                .getBytes(StandardCharsets.UTF_8));
            case "/me/odd/resolve/refs/pr/1/a#b?c [1] +%.json" -> {
                exchange.getResponseHeaders().add("ETag", "\"" + gitHash(SMALL) + "\"");
                reply(exchange, 200, SMALL);
            }
            case "/api/models/me/climbing/revision/main" ->
                reply(
                        exchange,
                        200,
                        ("{\"sha\": \"" + COMMIT + "\", \"siblings\": [{\"rfilename\": \"../../out\"}]}")
                                .getBytes(StandardCharsets.UTF_8));
            case "/me/private/resolve/main/config.json" -> reply(exchange, 401, new byte[0]);
            default -> reply(exchange, 404, new byte[0]);
        }
    }

    private void redirect(HttpExchange exchange, String hash) throws IOException {
        exchange.getResponseHeaders().add("X-Linked-Etag", "\"" + hash + "\"");
        exchange.getResponseHeaders()
                .add("Location", "http://localhost:" + elsewhere.getAddress().getPort() + "/blob");
        reply(exchange, 302, new byte[0]);
    }

    /** The large file, by range; drops the connection in the middle as often as asked. */
    private void content(HttpExchange exchange) throws IOException {
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        if (token != null) {
            tokensSeenElsewhere.add(token);
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(String.valueOf(range));
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
        exchange.sendResponseHeaders(range == null ? 200 : 206, large.length - from);
        boolean drop = drops.getAndDecrement() > 0;
        exchange.getResponseBody().write(large, from, drop ? (large.length - from) / 2 : large.length - from);
        exchange.getResponseBody().flush();
        if (drop && stall.getCount() > 0) {
            awaitStop();
        }
        exchange.close();
    }

    /** Falls silent with the connection open, until the test ends. */
    private void awaitStop() {
        try {
            stall.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static String gitHash(byte[] content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(("blob " + content.length + "\0").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private HubSettings settings(boolean offline) {
        return new HubSettings("http://127.0.0.1:" + hub.getAddress().getPort(), "secret", cache, SILENCE, offline);
    }

    private Path get(String reference) {
        try (Hub client = new Hub(settings(false))) {
            return client.resolve(HubReference.parse(reference));
        }
    }

    @Test
    void a_repository_is_laid_out_as_the_python_tools_lay_it_out() throws IOException {
        Path snapshot = get("hub://me/model");

        assertThat(snapshot).isEqualTo(cache.resolve("models--me--model/snapshots/" + COMMIT));
        assertThat(snapshot.resolve("config.json")).hasBinaryContent(SMALL).isSymbolicLink();
        assertThat(snapshot.resolve("sub/model.bin")).hasBinaryContent(large);
        assertThat(Files.readSymbolicLink(snapshot.resolve("sub/model.bin")))
                .isEqualTo(Path.of("../../../blobs/" + largeHash));
        assertThat(cache.resolve("models--me--model/refs/main")).hasContent(COMMIT);
    }

    @Test
    void the_token_goes_to_the_hub_and_to_no_other_host() {
        get("hub://me/model:sub/model.bin");

        assertThat(tokensSeenAtHub).contains("Bearer secret");
        assertThat(ranges).isNotEmpty();
        assertThat(tokensSeenElsewhere).isEmpty();
    }

    @Test
    void a_dropped_connection_is_resumed_where_it_broke() {
        drops.set(2);
        Path file = get("hub://me/model:sub/model.bin");

        assertThat(file).hasBinaryContent(large);
        assertThat(ranges).hasSize(3).startsWith("null");
        assertThat(ranges.get(1)).matches(GOING_ON);
    }

    @Test
    void a_download_that_an_earlier_run_began_goes_on() throws IOException {
        Path incomplete = cache.resolve("models--me--model/blobs/" + largeHash + ".incomplete");
        Files.createDirectories(incomplete.getParent());
        Files.write(incomplete, Arrays.copyOf(large, 150_000));

        assertThat(get("hub://me/model:sub/model.bin")).hasBinaryContent(large);
        assertThat(ranges).containsExactly("bytes=150000-");
    }

    @Test
    void content_with_another_hash_is_thrown_away() {
        assertThatThrownBy(() -> get("hub://me/model:wrong.bin"))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining("does not have the hash")
                .hasMessageContaining("hub://me/model:wrong.bin");
        assertThat(cache.resolve("models--me--model/blobs")).isEmptyDirectory();
    }

    @Test
    void a_second_time_and_offline_nothing_is_downloaded() {
        Path first = get("hub://me/model:sub/model.bin");
        ranges.clear();
        assertThat(get("hub://me/model:sub/model.bin")).isEqualTo(first);
        int asked = tokensSeenAtHub.size();
        try (Hub offline = new Hub(settings(true))) {
            assertThat(offline.resolve(HubReference.parse("hub://me/model:sub/model.bin")))
                    .isEqualTo(first);
            assertThatThrownBy(() -> offline.resolve(HubReference.parse("hub://me/model:other.bin")))
                    .hasMessageContaining("HF_HUB_OFFLINE");
        }
        assertThat(ranges).isEmpty();
        assertThat(tokensSeenAtHub).hasSize(asked);
    }

    @Test
    void a_former_name_leads_to_the_repository_of_today() {
        assertThat(get("hub://me/former:config.json")).hasBinaryContent(SMALL);
        assertThat(get("hub://me/former:sub/model.bin")).hasBinaryContent(large);
        Path snapshot = get("hub://me/former");
        assertThat(snapshot.resolve("sub/model.bin")).hasBinaryContent(large);
        assertThat(tokensSeenElsewhere).isEmpty();
        assertThatThrownBy(() -> get("hub://me/around:config.json")).hasMessageContaining("redirects without end");
    }

    @Test
    void offline_a_repository_of_which_a_file_was_downloaded_is_not_taken_for_whole() {
        get("hub://me/model:config.json");
        try (Hub offline = new Hub(settings(true))) {
            HubReference whole = HubReference.parse("hub://me/model");
            assertThatThrownBy(() -> offline.resolve(whole))
                    .isInstanceOf(AssayException.class)
                    .hasMessageContaining("has some of its files, not all")
                    .hasMessageContaining("unset it once");
            Path snapshot = get("hub://me/model");
            assertThat(offline.resolve(whole)).isEqualTo(snapshot);
            get("hub://me/model:config.json");
            assertThat(offline.resolve(whole)).isEqualTo(snapshot);
        }
    }

    @Test
    void what_is_not_there_or_not_allowed_says_what_to_do() {
        assertThatThrownBy(() -> get("hub://me/none"))
                .hasMessageContaining("404")
                .hasMessageContaining("check the name");
        assertThatThrownBy(() -> get("hub://me/private:config.json"))
                .hasMessageContaining("401")
                .hasMessageContaining("token has no access");
    }

    @Test
    void a_server_that_falls_silent_is_a_lost_connection() {
        stall = new CountDownLatch(1);
        drops.set(1);
        HubSettings impatient = new HubSettings(settings(false).endpoint(), null, cache, Duration.ofMillis(300), false);
        try (Hub client = new Hub(impatient)) {
            assertThat(client.resolve(HubReference.parse("hub://me/model:sub/model.bin")))
                    .hasBinaryContent(large);
            assertThat(ranges).hasSize(2);
            assertThat(ranges.get(1)).matches(GOING_ON);

            drops.set(100);
            assertThatThrownBy(() -> client.resolve(HubReference.parse("hub://me/model:wrong.bin")))
                    .isInstanceOf(AssayException.class)
                    .hasMessageContaining("the connection was lost 5 times: no byte arrived for 0.3 s")
                    .hasMessageContaining("run the same command again");
        }
    }

    @Test
    void file_names_may_hold_what_means_something_in_an_address() {
        Path snapshot = get("hub://me/odd@refs/pr/1");

        assertThat(snapshot.resolve("a#b?c [1] +%.json")).hasBinaryContent(SMALL);
        assertThatThrownBy(() -> get("hub://me/climbing")).hasMessageContaining("outside of its repository");
    }

    @Test
    void without_a_connection_the_host_and_what_to_do_are_named() {
        hub.stop(0);

        assertThatThrownBy(() -> get("hub://me/model"))
                .isInstanceOf(AssayException.class)
                .hasMessageStartingWith("hub://me/model: no connection to 127.0.0.1")
                .hasMessageContaining("HF_HUB_OFFLINE=1")
                .hasMessageContaining("HF_ENDPOINT")
                .hasMessageContaining("proxyHost")
                .hasMessageNotContaining("null");
        HubSettings nowhere = new HubSettings("http://no-such-host.invalid", null, cache, SILENCE, false);
        try (Hub client = new Hub(nowhere)) {
            assertThatThrownBy(() -> client.resolve(HubReference.parse("hub://me/model")))
                    .hasMessageContaining("no connection to no-such-host.invalid");
        }
    }

    @Test
    void a_full_disk_ends_the_download_at_once_with_the_free_space() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "a device that is always full, as Linux has it");
        Path incomplete = cache.resolve("models--me--model/blobs/" + largeHash + ".incomplete");
        Files.createDirectories(incomplete.getParent());
        Files.createSymbolicLink(incomplete, full);

        assertThatThrownBy(() -> get("hub://me/model:sub/model.bin"))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining(incomplete + ": cannot be written: No space left on device")
                .hasMessageContaining("MB free there")
                .hasMessageContaining("what has arrived is kept");
        assertThat(ranges).hasSize(1);
    }

    @Test
    void a_second_process_waits_for_the_first_and_takes_its_file() throws IOException {
        Path lock = cache.resolve(".locks/models--me--model/" + largeHash + ".lock");
        Path blob = cache.resolve("models--me--model/blobs/" + largeHash);
        Files.createDirectories(blob.getParent());
        Path content = Files.write(cache.resolve("content"), large);
        Process first = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DownloadingProcess.class.getName(),
                        lock.toString(),
                        content.toString(),
                        blob.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(first.getInputStream().read()).isEqualTo('L');
            Told told = new Told(() -> close(first));
            Path file = Downloads.reportedTo(told, () -> get("hub://me/model:sub/model.bin"));

            assertThat(file).hasBinaryContent(large);
            assertThat(told.waited).hasValue(1);
            assertThat(ranges).isEmpty();
        } finally {
            first.destroyForcibly();
        }
    }

    private static void close(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void two_threads_download_a_file_once() throws Exception {
        stall = new CountDownLatch(1);
        drops.set(1);
        // The first is held in the middle of the file until the second waits.
        Told second = new Told(stall::countDown);
        Future<Path> one = threads.submit(() -> get("hub://me/model:sub/model.bin"));
        while (ranges.isEmpty()) {
            Thread.onSpinWait();
        }
        Path file = Downloads.reportedTo(second, () -> get("hub://me/model:sub/model.bin"));

        assertThat(file).hasBinaryContent(large).isEqualTo(one.get());
        assertThat(second.waited).hasValue(1);
        assertThat(ranges).hasSize(2);
        assertThat(ranges.get(1)).matches(GOING_ON);
    }

    @Test
    void a_listener_hears_of_every_block_and_of_the_end() {
        drops.set(1);
        Told told = new Told(() -> {});
        Downloads.reportedTo(told, () -> get("hub://me/model"));
        get("hub://datasets/me/data@v1:config.json");

        assertThat(told.files).containsOnly("config.json", "sub/model.bin");
        assertThat(told.ended).containsExactly("config.json", "sub/model.bin");
        assertThat(told.bytes).startsWith("0 of 8", "8 of 8", "0 of 200000").endsWith("200000 of 200000");
        assertThat(told.bytes).allMatch(line -> line.endsWith(" of 8") || line.endsWith(" of 200000"));
    }

    /** Writes down what a listener hears. */
    private static final class Told implements DownloadListener {
        private final List<String> files = new CopyOnWriteArrayList<>();
        private final List<String> bytes = new CopyOnWriteArrayList<>();
        private final List<String> ended = new CopyOnWriteArrayList<>();
        private final AtomicInteger waited = new AtomicInteger();
        private final Runnable onWaiting;

        Told(Runnable onWaiting) {
            this.onWaiting = onWaiting;
        }

        @Override
        public void onBytes(String file, long arrived, long total) {
            files.add(file);
            bytes.add(arrived + " of " + total);
        }

        @Override
        public void onWaiting(String file) {
            waited.incrementAndGet();
            onWaiting.run();
        }

        @Override
        public void onEnd(String file) {
            ended.add(file);
        }
    }

    @Test
    void data_sets_and_revisions_have_their_own_addresses() {
        assertThat(get("hub://datasets/me/data@v1:config.json"))
                .hasBinaryContent(SMALL)
                .startsWith(cache.resolve("datasets--me--data"));
        assertThat(cache.resolve("datasets--me--data/refs/v1")).hasContent(COMMIT);
    }

    @Test
    void references_are_read_and_written_alike_and_paths_cannot_climb() {
        for (String text : List.of("hub://a/b", "hub://datasets/a/b@v1:x/y.json", "hub://a/b-c.d@refs/pr/1")) {
            assertThat(HubReference.parse(text)).hasToString(text);
        }
        assertThatThrownBy(() -> HubReference.parse("hub://a/b:../x")).hasMessageContaining("no Hub reference");
        assertThatThrownBy(() -> HubReference.parse("hub://a")).hasMessageContaining("owner/name");
        assertThat(Hub.local("some/folder")).isEqualTo(Path.of("some/folder"));
    }

    @Test
    void the_environment_decides_as_in_python() throws IOException {
        Path token = Files.writeString(cache.resolve("token"), "stored\n");
        HubSettings plain = HubSettings.of(Map.of("HOME", "/home/me"));
        HubSettings set = HubSettings.of(
                Map.of("HF_HOME", cache.toString(), "HF_ENDPOINT", "https://mirror/", "HF_HUB_OFFLINE", "1"));

        assertThat(plain.cache()).isEqualTo(Path.of("/home/me/.cache/huggingface/hub"));
        assertThat(plain.endpoint()).isEqualTo("https://huggingface.co");
        assertThat(plain.token()).isNull();
        assertThat(set)
                .isEqualTo(new HubSettings(
                        "https://mirror", "stored", cache.resolve("hub"), Duration.ofSeconds(30), true));
        assertThat(HubSettings.of(Map.of("HF_HUB_DOWNLOAD_TIMEOUT", "7")).silence())
                .isEqualTo(Duration.ofSeconds(7));
        assertThatThrownBy(() -> HubSettings.of(Map.of("HF_HUB_DOWNLOAD_TIMEOUT", "soon")))
                .hasMessageContaining("HF_HUB_DOWNLOAD_TIMEOUT is \"soon\"");
        assertThat(HubSettings.of(Map.of("HF_TOKEN", "t", "HF_HUB_CACHE", "/c", "HF_TOKEN_PATH", token.toString())))
                .extracting(HubSettings::token, HubSettings::cache)
                .containsExactly("t", Path.of("/c"));
    }
}
