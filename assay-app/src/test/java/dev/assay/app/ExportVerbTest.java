package dev.assay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.app.MainTest.Ran;
import dev.assay.data.Conversation;
import dev.assay.data.Message;
import dev.assay.recipe.RewardModels;
import dev.assay.reward.RewardModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** {@code assay export}. */
class ExportVerbTest {
    @TempDir
    static Path folder;

    private static String model;

    @BeforeAll
    static void model() throws IOException {
        model = TinyModels.write(folder.resolve("model"), 1).toString();
    }

    private static Ran export(String from, Path to) {
        return MainTest.run("export", "--model", from, "--to", to.toString());
    }

    @Test
    void export_gives_the_same_rewards_and_never_overwrites() {
        Path exported = folder.resolve("exported");
        assertThat(export(model, exported).code()).isZero();
        Conversation conversation = Conversation.of(Message.user("hi"), Message.assistant("ho"));
        try (RewardModel first = RewardModels.load(model);
                RewardModel second = RewardModels.load(exported.toString())) {
            assertThat(second.score(conversation)).isEqualTo(first.score(conversation));
        }
        Ran nowhere = export(model, Path.of("/proc/x"));
        assertThat(nowhere.code()).isEqualTo(2);
        assertThat(nowhere.err()).contains("/proc/x: cannot be written: no file can be made in /proc; ");
        Ran again = export(model, exported);
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("is there already");
    }

    /** Transformers reads the reward at the last token that is no padding. */
    @Test
    void export_says_where_recorded_texts_end_with_the_padding_token() throws IOException {
        Path copy = Files.createDirectories(folder.resolve("ends-with-padding"));
        for (String name : List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")) {
            if (Files.exists(Path.of(model, name))) {
                Files.copy(Path.of(model, name), copy.resolve(name));
            }
        }
        String manifest = Files.readString(Path.of(model, "assay.json"));
        int end = JsonMapper.shared()
                .readTree(manifest)
                .at("/golden/0/tokens")
                .valueStream()
                .reduce((a, b) -> b)
                .orElseThrow()
                .asInt();
        Files.writeString(copy.resolve("assay.json"), manifest.replaceFirst("\"pad\" ?: ?\\d+", "\"pad\": " + end));
        Ran ran = export(copy.toString(), folder.resolve("padded"));
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("texts end with token " + end + ", which is the padding token too");
        assertThat(export(model, folder.resolve("plain")).err()).doesNotContain("padding token");
    }
}
