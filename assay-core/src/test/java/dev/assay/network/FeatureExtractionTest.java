package dev.assay.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.data.Origin;
import dev.assay.data.PreferencePair;
import dev.assay.data.RatedResponse;
import dev.assay.data.Rating;
import dev.assay.data.RatingScale;
import dev.assay.tensor.Precision;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import dev.assay.testing.Tolerances;
import dev.assay.tokenization.ChatFormat;
import dev.assay.tokenization.ConversationEncoder;
import dev.assay.tokenization.GatingPattern;
import dev.assay.tokenization.PackingOptions;
import dev.assay.tokenization.PrefixPacker;
import dev.assay.tokenization.PromptPosition;
import dev.assay.tokenization.TokenizedGroup;
import dev.assay.tokenization.Truncation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FeatureExtractionTest {
    private static final Offset<Float> SAME = Offset.offset((float) Tolerances.FLOAT32_OP);
    private static final FeatureSettings SETTINGS = FeatureSettings.of(new PromptPosition.LastToken(), 80);

    @TempDir
    Path temporary;

    private FeatureModel model;

    @BeforeEach
    void load() {
        model = FeatureModel.load(ScoringModels.export("qwen3", temporary.resolve("model")), Precision.FLOAT32);
    }

    @AfterEach
    void close() {
        model.close();
    }

    private static Conversation prompt(int n) {
        return Conversation.of(Message.user("tell me about a thing, the " + (char) ('a' + n)));
    }

    /** Pairs of few prompts in mixed order; some share a response. */
    private static List<FeatureRow> pairs() {
        return FeatureRow.ofPairs(IntStream.range(0, 12)
                .mapToObj(i -> PreferencePair.of(
                        prompt(i % 5),
                        "yes ".repeat(1 + i % 3),
                        "no" + (char) ('a' + i),
                        Origin.of("some", "memory", i + 1)))
                .toList());
    }

    private FeatureStore stored(Path folder, FeatureSettings settings, List<FeatureRow> rows) {
        FeatureExtraction.into(folder, model, settings, rows).run();
        return FeatureStore.open(folder);
    }

    @ParameterizedTest
    @EnumSource(PackingOptions.Sharing.class)
    void both_states_are_those_of_all_hidden_states_at_their_places(PackingOptions.Sharing sharing) {
        ConversationEncoder encoder = new ConversationEncoder(
                model.tokenizer(), model.format(), new Truncation(100, Truncation.Side.PROMPT_LEFT));
        List<TokenizedGroup> groups = IntStream.range(0, 3)
                .mapToObj(i -> encoder.encode(
                                PreferencePair.of(prompt(i), "yes", "no, never", Origin.of("s", "memory", i)), 0)
                        .group())
                .toList();
        try (TensorScope scope = TensorScope.open();
                NoGradGuard unrecorded = new NoGradGuard()) {
            var batch = new PrefixPacker(PackingOptions.unbounded(sharing), 0).packOne(groups);
            Tensor hidden = model.backbone().hiddenStates(batch);
            PooledStates states = PooledStates.of(model.backbone(), batch);
            for (int n = 0; n < batch.responses(); n++) {
                Tensor row = hidden.select(0, batch.row()[n]);
                assertThat(Tensors.toFloats(states.responses().select(0, n)))
                        .containsExactly(Tensors.toFloats(row.select(0, batch.last()[n])), SAME);
                assertThat(Tensors.toFloats(states.prompts().select(0, n)))
                        .containsExactly(Tensors.toFloats(row.select(0, batch.prompt()[n])), SAME);
            }
        }
    }

    @Test
    void every_row_has_the_states_it_has_alone_whatever_the_shards() {
        List<FeatureRow> rows = pairs();
        try (FeatureStore store = stored(temporary.resolve("many"), SETTINGS.withRowsPerShard(3), rows);
                TensorScope scope = TensorScope.open()) {
            assertThat(store.ids())
                    .containsExactlyInAnyOrderElementsOf(
                            rows.stream().map(FeatureRow::id).toList());
            assertThat(store.responsesPerRow()).isEqualTo(2);
            for (FeatureRow row : rows) {
                int at = store.ids().indexOf(row.id());
                try (FeatureStore alone = stored(temporary.resolve("alone-" + at), SETTINGS, List.of(row))) {
                    assertThat(Tensors.toFloats(store.responses().joined().select(0, at)))
                            .containsExactly(Tensors.toFloats(alone.responses().joined()), SAME);
                    assertThat(Tensors.toFloats(store.prompts().joined().select(0, at)))
                            .containsExactly(Tensors.toFloats(alone.prompts().joined()), SAME);
                    assertThat(store.tokens()[at]).containsExactly(alone.tokens()[0]);
                }
            }
        }
    }

    @Test
    void lengths_count_the_tokens_behind_the_prompt() {
        try (FeatureStore store = stored(temporary.resolve("few"), SETTINGS, pairs().subList(0, 1))) {
            // A space, the characters, the end of text.
            assertThat(store.tokens()[0]).containsExactly("yes ".length() + 2, "noa".length() + 2);
        }
    }

    @Test
    void a_killed_run_goes_on_with_the_shards_that_are_missing() throws IOException {
        List<FeatureRow> rows = pairs();
        Path folder = temporary.resolve("killed");
        FeatureSettings settings = SETTINGS.withRowsPerShard(4);
        FeatureExtraction first = FeatureExtraction.into(folder, model, settings, rows);
        assertThat(first.manifest().shards()).isEqualTo(3);
        assertThatThrownBy(() -> first.run(FeatureExtraction.Share.ALL, done -> {
                    if (done > 6) {
                        throw new IllegalStateException("killed");
                    }
                }))
                .hasMessage("killed");
        List<Path> finished = shards(folder);
        assertThat(finished).hasSize(1);
        Object written = Files.getLastModifiedTime(finished.getFirst());
        assertThatThrownBy(() -> FeatureStore.open(folder))
                .hasMessageContaining("2 of 3 shards")
                .hasMessageContaining("run the extraction again");

        List<Integer> told = new ArrayList<>();
        FeatureExtraction.into(folder, model, settings, rows).run(FeatureExtraction.Share.ALL, told::add);
        assertThat(told).startsWith(6).isSorted().endsWith(rows.size());
        assertThat(Files.getLastModifiedTime(finished.getFirst())).isEqualTo(written);
        try (FeatureStore store = FeatureStore.open(folder);
                FeatureStore whole = stored(temporary.resolve("whole"), settings, rows)) {
            assertThat(store.ids()).isEqualTo(whole.ids());
            assertThat(Tensors.toFloats(store.responses().joined()))
                    .isEqualTo(Tensors.toFloats(whole.responses().joined()));
        }
    }

    @Test
    void several_share_the_shards_of_one_folder() throws IOException {
        Path folder = temporary.resolve("shared");
        List<Integer> counts = new ArrayList<>();
        for (int index = 0; index < 2; index++) {
            FeatureExtraction extraction = FeatureExtraction.into(folder, model, SETTINGS.withRowsPerShard(4), pairs());
            FeatureExtraction.Share share = new FeatureExtraction.Share(index, 2);
            List<Integer> told = new ArrayList<>();
            extraction.run(share, told::add);
            assertThat(told).startsWith(0).endsWith(extraction.rows(share));
            counts.add(shards(folder).size());
        }
        assertThat(counts).containsExactly(2, 3);
        FeatureStore.open(folder).close();
    }

    private static List<Path> shards(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".safetensors"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void a_row_that_is_too_long_or_has_no_prompt_is_listed_and_moves_no_other() {
        List<FeatureRow> rows = new ArrayList<>(pairs());
        rows.add(3, new FeatureRow("long", prompt(3), List.of(answer("y".repeat(60)), answer("n")), origin()));
        rows.add(5, new FeatureRow("bare", Conversation.of(), List.of(answer("a"), answer("b")), origin()));
        try (FeatureStore store = stored(temporary.resolve("skips"), SETTINGS.withRowsPerShard(3), rows);
                FeatureStore without = stored(temporary.resolve("rest"), SETTINGS, pairs())) {
            assertThat(store.skipped()).extracting(skip -> skip.id()).containsExactlyInAnyOrder("long", "bare");
            assertThat(store.skipped()).anyMatch(skip -> skip.reason().contains("more than 80"));
            assertThat(store.skipped()).anyMatch(skip -> skip.reason().contains("no prompt"));
            assertThat(store.ids()).isEqualTo(without.ids());
            assertThat(Tensors.toFloats(store.prompts().joined()))
                    .containsExactly(Tensors.toFloats(without.prompts().joined()), SAME);
        }
    }

    /** Pairs of prompts of their own, so that each stands alone in its shard. */
    private static List<FeatureRow> withoutStates(int rows) {
        return IntStream.range(0, rows)
                .mapToObj(i -> new FeatureRow(
                        "long" + i, prompt(10 + i), List.of(answer("y".repeat(90)), answer("n")), origin()))
                .toList();
    }

    @Test
    void a_shard_without_a_row_is_stored_and_joined_with_the_others() {
        List<FeatureRow> rows = new ArrayList<>(pairs());
        rows.addAll(withoutStates(2));
        Path folder = temporary.resolve("last-empty");
        FeatureSettings settings = SETTINGS.withRowsPerShard(3);
        try (FeatureStore store = stored(folder, settings, rows);
                FeatureStore without = stored(temporary.resolve("rest"), SETTINGS, pairs())) {
            assertThat(store.skipped()).extracting(skip -> skip.id()).containsExactly("long0", "long1");
            assertThat(store.ids()).isEqualTo(without.ids());
            assertThat(Tensors.shape(store.responses().joined()))
                    .isEqualTo(Tensors.shape(without.responses().joined()));
            assertThat(Tensors.toFloats(store.responses().joined()))
                    .containsExactly(Tensors.toFloats(without.responses().joined()), SAME);
        }
    }

    @Test
    void a_run_killed_behind_a_shard_without_a_row_goes_on() throws IOException {
        List<FeatureRow> rows = new ArrayList<>(withoutStates(1));
        rows.addAll(pairs());
        Path folder = temporary.resolve("first-empty");
        FeatureSettings settings = SETTINGS.withRowsPerShard(1);
        FeatureExtraction.into(folder, model, settings, rows).run(new FeatureExtraction.Share(0, 6), done -> {});
        assertThat(shards(folder)).hasSize(1);
        FeatureExtraction again = FeatureExtraction.into(folder, model, settings, rows);
        again.run();
        assertThat(again.skipped()).extracting(skip -> skip.id()).containsExactly("long0");
        try (FeatureStore store = FeatureStore.open(folder)) {
            assertThat(store.rows()).isEqualTo(pairs().size());
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void features_of_no_row_at_all_keep_their_width(Precision storage) {
        FeatureSettings settings = SETTINGS.withRowsPerShard(1).withStorage(storage);
        try (FeatureStore store = stored(temporary.resolve("all-empty"), settings, withoutStates(2))) {
            assertThat(store.rows()).isZero();
            assertThat(store.responsesPerRow()).isEqualTo(2);
            assertThat(store.width()).isEqualTo(model.backbone().config().hiddenSize());
            assertThat(store.skipped()).hasSize(2);
        }
    }

    private static Conversation answer(String text) {
        return Conversation.of(Message.assistant(text));
    }

    private static Origin origin() {
        return Origin.of("some", "memory", 99);
    }

    @Test
    void other_features_in_the_folder_are_not_mixed_with() {
        Path folder = temporary.resolve("mixed");
        stored(folder, SETTINGS, pairs()).close();
        try (FeatureModel other =
                FeatureModel.load(ScoringModels.export("mistral", temporary.resolve("other")), Precision.FLOAT32)) {
            assertThatThrownBy(() -> FeatureExtraction.into(
                            folder, other, SETTINGS.withStorage(Precision.BFLOAT16), pairs().subList(0, 3)))
                    .hasMessageContaining("model is " + other.fingerprint())
                    .hasMessageContaining("storage is BFLOAT16 now and was FLOAT32")
                    .hasMessageContaining("rows is 3 now and was 12");
        }
    }

    @Test
    void a_pattern_that_no_text_holds_is_refused() {
        FeatureSettings settings = FeatureSettings.of(GatingPattern.LLAMA_3, 80);
        FeatureExtraction extraction = FeatureExtraction.into(temporary.resolve("pattern"), model, settings, pairs());
        assertThatThrownBy(extraction::run)
                .hasMessageContaining("memory:1")
                .hasMessageContaining("[128009, 128006, 78191, 128007, 271]")
                .hasMessageContaining("chat template");
    }

    @Test
    void a_template_without_marks_has_no_gating_position() throws IOException {
        Path folder = temporary.resolve("model");
        Files.writeString(
                folder.resolve("chat_template.jinja"), "{% for m in messages %}{{ m['content'] }} {% endfor %}");
        try (FeatureModel bare = FeatureModel.load(folder, folder, ChatFormat.of(folder), Precision.FLOAT32)) {
            assertThatThrownBy(bare::position)
                    .hasMessageContaining("chat template")
                    .hasMessageContaining("give the pattern, or read the prompt's last token");
        }
    }

    @Test
    void features_are_stored_in_the_precision_asked_for() {
        try (FeatureStore coarse =
                        stored(temporary.resolve("bf16"), SETTINGS.withStorage(Precision.BFLOAT16), pairs());
                FeatureStore fine = stored(temporary.resolve("fp32"), SETTINGS, pairs());
                TensorScope scope = TensorScope.open()) {
            assertThat(Tensors.toFloats(coarse.responses().joined()))
                    .isEqualTo(Tensors.toFloats(fine.responses().joined().to(Precision.BFLOAT16.type())))
                    .isNotEqualTo(Tensors.toFloats(fine.responses().joined()));
        }
    }

    @Test
    void ids_are_unique_and_tell_the_row() {
        Rating rating = new Rating(1, new RatingScale(0, 4));
        Origin named = new Origin("helpsteer", "memory", 4, "q7", null, null);
        List<RatedResponse> ratings = Stream.of(named, named, Origin.of("other", "memory", 3))
                .map(origin -> new RatedResponse(prompt(1), answer("a"), Map.of("x", rating), origin))
                .toList();
        assertThat(FeatureRow.ofRatings(ratings))
                .extracting(FeatureRow::id)
                .containsExactly("helpsteer/q7", "helpsteer/q7#2", "other:3");
    }
}
