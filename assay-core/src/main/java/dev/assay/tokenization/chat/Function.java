package dev.assay.tokenization.chat;

import java.util.List;
import java.util.Map;

/** Something a template can call. */
@FunctionalInterface
interface Function {
    Object call(List<Object> positional, Map<String, Object> named);
}
