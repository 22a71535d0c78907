package dev.assay.recipe;

import dev.assay.recipe.yaml.Variants;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The one list of the methods a recipe can name. */
public final class MethodCatalog {
    static final Variants<MethodSection> VARIANTS = new Variants<>(MethodSection.class, sections());

    private MethodCatalog() {}

    /** The names {@code method.name} takes. */
    public static List<String> names() {
        return List.copyOf(VARIANTS.byName().keySet());
    }

    private static Map<String, Class<? extends MethodSection>> sections() {
        Map<String, Class<? extends MethodSection>> sections = new LinkedHashMap<>();
        sections.put("bradley-terry", MethodSection.BradleyTerry.class);
        sections.put("more", MethodSection.More.class);
        return sections;
    }
}
