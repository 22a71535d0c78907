package dev.assay.data.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class HubReferenceTest {
    @Test
    void references_are_read_and_written_alike_and_paths_cannot_climb() {
        for (String text : List.of("hub://a/b", "hub://datasets/a/b@v1:x/y.json", "hub://a/b-c.d@refs/pr/1")) {
            assertThat(HubReference.parse(text)).hasToString(text);
        }
        assertThatThrownBy(() -> HubReference.parse("hub://a/b:../x")).hasMessageContaining("no Hub reference");
        assertThatThrownBy(() -> HubReference.parse("hub://a")).hasMessageContaining("owner/name");
        assertThat(Hub.local("some/folder")).isEqualTo(Path.of("some/folder"));
    }
}
