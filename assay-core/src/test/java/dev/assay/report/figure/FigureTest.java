package dev.assay.report.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.AssayException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

class FigureTest {
    static Stream<String> names() {
        return Gallery.all().keySet().stream();
    }

    private static Picture picture(String name) {
        return Picture.of(figure(name));
    }

    private static Figure figure(String name) {
        return Objects.requireNonNull(Gallery.all().get(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void every_picture_is_well_formed_and_its_numbers_are_numbers(String name) {
        Picture picture = picture(name);
        for (Element element : picture.elements("*")) {
            for (String attribute : List.of("x", "y", "width", "height", "cx", "cy", "r", "x1", "y1", "x2", "y2")) {
                if (element.hasAttribute(attribute)) {
                    assertThat(Double.parseDouble(element.getAttribute(attribute)))
                            .isFinite();
                }
            }
            assertThat(element.getAttribute("points")).doesNotContain("NaN").doesNotContain("Infinity");
        }
        assertThat(picture.elements("script")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("names")
    void no_text_leaves_the_picture_and_no_two_texts_overlap(String name) {
        Picture picture = picture(name);
        List<Picture.Box> texts = picture.texts();
        for (Picture.Box text : texts) {
            assertThat(text.left()).as(text.text()).isGreaterThanOrEqualTo(-0.5);
            assertThat(text.right()).as(text.text()).isLessThanOrEqualTo(picture.width() + 0.5);
            assertThat(text.top()).as(text.text()).isGreaterThanOrEqualTo(0);
            assertThat(text.bottom()).as(text.text()).isLessThanOrEqualTo(picture.height());
        }
        for (int i = 0; i < texts.size(); i++) {
            for (int j = i + 1; j < texts.size(); j++) {
                assertThat(texts.get(i).overlaps(texts.get(j)))
                        .as(
                                "\"%s\" on \"%s\"",
                                texts.get(i).text(), texts.get(j).text())
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void equal_data_give_equal_bytes(String name) {
        assertThat(figure(name).svg()).isEqualTo(figure(name).svg());
    }

    @Test
    void a_picture_without_data_says_so() {
        for (Map.Entry<String, Figure> entry : Gallery.all().entrySet()) {
            if (entry.getKey().startsWith("no-")) {
                assertThat(entry.getValue().svg()).as(entry.getKey()).contains("no data");
                assertThat(Picture.of(entry.getValue()).elements("data", "rect"))
                        .as(entry.getKey())
                        .isEmpty();
            }
        }
    }

    @Test
    void every_colour_has_a_light_value_in_the_mark_and_a_dark_one_in_the_style() {
        String svg = Gallery.lines().svg();
        assertThat(svg)
                .contains("prefers-color-scheme:dark")
                .contains("fill=\"#ffffff\"")
                .contains("stroke=\"#0072b2\"");
        assertThat(Gallery.lines().inlineSvg()).doesNotContain("<style");
        for (Ink ink : Ink.values()) {
            assertThat(FigureStyle.CSS)
                    .contains(ink.variable() + ":" + ink.light())
                    .contains(ink.variable() + ":" + ink.dark());
        }
    }

    @Test
    void lines_are_told_apart_without_colours() {
        List<Series> series = IntStream.range(0, 40)
                .mapToObj(i -> Series.of("s" + i, new double[] {0, 1}, new double[] {i, i}))
                .toList();
        Picture picture = Picture.of(new LinePlot("t", Axis.of("x"), Axis.of("y"), series));
        List<Element> lines = picture.elements("data", "polyline");
        assertThat(lines.subList(0, 5).stream().map(line -> line.getAttribute("stroke-dasharray")))
                .doesNotHaveDuplicates()
                .first()
                .isEqualTo("");
        assertThat(lines.stream().map(line -> line.getAttribute("stroke") + line.getAttribute("stroke-dasharray")))
                .doesNotHaveDuplicates();
        Series kept = series.getFirst().withColour(3);
        assertThat(new LinePlot("t", Axis.of("x"), Axis.of("y"), List.of(kept)).svg())
                .contains("stroke=\"#cc79a7\"");
    }

    @Test
    void pictures_are_files_of_both_kinds(@TempDir Path folder) throws IOException {
        Path svg = FigureFile.write(folder.resolve("deep/lines.svg"), Gallery.lines());
        assertThat(Files.readString(svg)).isEqualTo(Gallery.lines().svg());
        BufferedImage png = ImageIO.read(
                FigureFile.write(folder.resolve("lines.png"), Gallery.lines()).toFile());
        assertThat(png.getWidth())
                .isEqualTo(2 * (int) Picture.of(Gallery.lines()).width());
        assertThat(png.getRGB(2, 2) & 0xffffff).isEqualTo(0xffffff);
        assertThat(colours(png)).contains(0x0072b2, 0xd55e00);
        assertThatThrownBy(() -> FigureFile.write(folder.resolve("lines.gif"), Gallery.lines()))
                .isInstanceOf(AssayException.class)
                .hasMessageContaining(".svg or .png");
    }

    private static List<Integer> colours(BufferedImage image) {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return java.util.Arrays.stream(pixels)
                .map(p -> p & 0xffffff)
                .distinct()
                .boxed()
                .toList();
    }
}
