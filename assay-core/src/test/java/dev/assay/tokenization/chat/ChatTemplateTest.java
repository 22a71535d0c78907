package dev.assay.tokenization.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.AssayException;
import dev.assay.data.Message;
import dev.assay.testing.SharedAssets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against Jinja2 as Transformers configures it: golden/chat/make_golden.py. */
class ChatTemplateTest {
    private static final JsonNode GOLDEN =
            JsonMapper.shared().readTree(Path.of("../golden/chat/golden.json").toFile());
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private static Map<String, Object> variables() {
        return new HashMap<>(JsonMapper.shared().convertValue(GOLDEN.get("variables"), MAP));
    }

    private static String render(String template, Map<String, Object> variables) {
        Object messages = variables.get("messages");
        return ChatTemplate.compile(template).render(messages == null ? List.of() : messages, true, variables);
    }

    @TestFactory
    Stream<DynamicTest> every_construct_renders_as_in_python() {
        return GOLDEN.get("rendered").valueStream().map(row -> {
            String template = row.get("template").asString();
            return DynamicTest.dynamicTest(
                    template,
                    () -> assertThat(render(template, variables()))
                            .isEqualTo(row.get("rendered").asString()));
        });
    }

    @TestFactory
    Stream<DynamicTest> what_python_refuses_is_refused_with_its_line() {
        return GOLDEN.get("failing")
                .valueStream()
                .map(row -> DynamicTest.dynamicTest(row.asString(), () -> {
                    assertThatThrownBy(() -> render(row.asString(), variables()))
                            .isInstanceOf(AssayException.class)
                            .hasMessageContaining("chat template");
                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama-3", "qwen2", "minimind"})
    void models_own_templates_render_as_transformers_does(String name) throws IOException {
        Path folder = SharedAssets.require("tokenizers/" + name);
        JsonNode config = JsonMapper.shared()
                .readTree(folder.resolve("tokenizer_config.json").toFile());
        ChatTemplate template = ChatTemplate.compile(config.get("chat_template").asString());
        Map<String, String> tokens = Map.of(
                "bos_token",
                config.path("bos_token").asString(""),
                "eos_token",
                config.path("eos_token").asString(""));
        List<String> rows = Files.readAllLines(folder.resolve("vectors/chat.jsonl"));

        assertThat(rows).hasSize(36);
        for (String line : rows) {
            JsonNode row = JsonMapper.shared().readTree(line);
            Object messages = JsonMapper.shared().convertValue(row.get("messages"), Object.class);
            assertThat(template.render(
                            messages, row.get("add_generation_prompt").asBoolean(), tokens))
                    .isEqualTo(row.get("rendered").asString());
        }
    }

    @Test
    void records_render_like_maps() {
        assertThat(ChatTemplate.compile("{% for m in messages %}{{ m.role }}:{{ m.content }};{% endfor %}")
                        .render(List.of(Message.user("a"), Message.assistant("b")), false, Map.of()))
                .isEqualTo("user:a;assistant:b;");
    }

    @Test
    void a_template_without_end_is_stopped() {
        String loops = "{% for i in range(99999) %}{% for j in range(99999) %}x{% endfor %}{% endfor %}";
        String recursion = "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}";

        assertThatThrownBy(() -> render(loops, variables())).hasMessageContaining("without end");
        assertThatThrownBy(() -> render(recursion, variables())).hasMessageContaining("without end");
    }
}
