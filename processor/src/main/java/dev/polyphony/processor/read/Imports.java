/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Tree;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** What simple names mean in a file, outside all classes: imports, package, {@code java.lang}. */
final class Imports {

    /** The trees of Java 17 do not tell an import of a module from that of a class. */
    private static final Pattern MODULE = Pattern.compile("import\\s+module\\s");

    private final Elements elements;
    private final AllMembers members;
    private final String packageName;
    private final Set<String> upcoming;
    private final Map<String, String> single = new HashMap<>();
    private final List<String> onDemand = new ArrayList<>();
    private final Map<String, List<String>> staticSingle = new HashMap<>();
    private final List<String> staticOnDemand = new ArrayList<>();
    private final Map<String, Optional<Meaning>> cache = new HashMap<>();

    /**
     * Reads the imports of a file.
     *
     * @param upcoming qualified names of types that this compilation will generate
     */
    Imports(
            Elements elements,
            AllMembers members,
            Source source,
            String packageName,
            Set<String> upcoming) {
        this.elements = elements;
        this.members = members;
        this.packageName = packageName;
        this.upcoming = upcoming;
        for (ImportTree tree : source.unit().getImports()) {
            if (MODULE.matcher(source.slice(tree)).lookingAt()) {
                String name = String.join(".", flatten(tree.getQualifiedIdentifier()));
                addModule(elements.getModuleElement(name));
            } else if (tree.getQualifiedIdentifier() instanceof MemberSelectTree select) {
                add(tree.isStatic(), flatten(select.getExpression()), select.getIdentifier());
            }
        }
        onDemand.add("java.lang");
    }

    /** All packages that a module exports, also on behalf of others. */
    private void addModule(ModuleElement module) {
        if (module == null) {
            return;
        }
        for (ModuleElement.Directive directive : module.getDirectives()) {
            if (directive instanceof ModuleElement.ExportsDirective exports
                    && exports.getTargetModules() == null) {
                onDemand.add(exports.getPackage().getQualifiedName().toString());
            } else if (directive instanceof ModuleElement.RequiresDirective requires
                    && requires.isTransitive()) {
                addModule(requires.getDependency());
            }
        }
    }

    private void add(boolean isStatic, List<String> qualifier, CharSequence name) {
        String scope = String.join(".", qualifier);
        boolean all = name.toString().equals("*");
        if (isStatic && all) {
            staticOnDemand.add(scope);
        } else if (isStatic) {
            staticSingle.computeIfAbsent(name.toString(), key -> new ArrayList<>()).add(scope);
        } else if (all) {
            onDemand.add(scope);
        } else {
            single.put(name.toString(), scope + "." + name);
        }
    }

    /** The parts of a dotted name; empty if the expression is none. */
    static List<String> flatten(Tree expression) {
        List<String> parts = new ArrayList<>();
        Tree node = expression;
        while (node instanceof MemberSelectTree select) {
            parts.add(0, select.getIdentifier().toString());
            node = select.getExpression();
        }
        if (!(node instanceof IdentifierTree root)) {
            return List.of();
        }
        parts.add(0, root.getName().toString());
        return parts;
    }

    /** The type of a simple name, if there is one. */
    Optional<Meaning> type(String name) {
        Optional<Meaning> known = cache.get(name);
        if (known == null) {
            known = find(name);
            cache.put(name, known);
        }
        return known;
    }

    /** The type of a dotted name that starts with a package. */
    Optional<TypeElement> qualified(ExpressionTree expression) {
        List<String> parts = flatten(expression);
        return parts.isEmpty() ? Optional.empty() : element(String.join(".", parts));
    }

    /** Whether a class is one that this compilation will generate, again. */
    boolean isUpcoming(TypeElement type) {
        return upcoming.contains(TypeRef.of(type).qualifiedName());
    }

    private Optional<Meaning> find(String name) {
        if (single.containsKey(name)) {
            return known(single.get(name));
        }
        Optional<Meaning> found = staticType(name, staticSingle.getOrDefault(name, List.of()));
        if (found.isEmpty()) {
            found = known(packageName.isEmpty() ? name : packageName + "." + name);
        }
        if (found.isEmpty()) {
            found = staticType(name, staticOnDemand);
        }
        for (String scope : onDemand) {
            if (found.isEmpty()) {
                found = known(scope + "." + name);
                boolean isHidden = found.isPresent() && !isImported(found.get());
                found = isHidden ? Optional.empty() : found;
            }
        }
        return found;
    }

    /** On demand nothing is imported that is not accessible. */
    private boolean isImported(Meaning meaning) {
        return !(meaning instanceof Meaning.Type type) || isImported(type.element());
    }

    private boolean isImported(TypeElement type) {
        Set<Modifier> modifiers = type.getModifiers();
        return modifiers.contains(Modifier.PUBLIC)
                || !modifiers.contains(Modifier.PRIVATE)
                        && elements.getPackageOf(type)
                                .getQualifiedName()
                                .contentEquals(packageName);
    }

    /** Upcoming types first: a class file may be left from an earlier compilation. */
    private Optional<Meaning> known(String qualifiedName) {
        if (upcoming.contains(qualifiedName)) {
            int dot = qualifiedName.lastIndexOf('.');
            return Optional.of(
                    new Meaning.Upcoming(
                            TypeRef.of(
                                    qualifiedName.substring(0, Math.max(dot, 0)),
                                    qualifiedName.substring(dot + 1))));
        }
        TypeElement type = elements.getTypeElement(qualifiedName);
        return type == null ? Optional.empty() : Optional.of(new Meaning.Type(type));
    }

    private Optional<TypeElement> element(String qualifiedName) {
        return Optional.ofNullable(elements.getTypeElement(qualifiedName));
    }

    /** The class from which a static method or field is imported. */
    Optional<TypeElement> ownerOfStatic(String name) {
        for (String scope : staticSingle.getOrDefault(name, List.of())) {
            Optional<TypeElement> owner = element(scope).filter(type -> has(type, name));
            if (owner.isPresent()) {
                return owner;
            }
        }
        for (String scope : staticOnDemand) {
            Optional<TypeElement> owner = element(scope).filter(type -> has(type, name));
            if (owner.isPresent()) {
                return owner;
            }
        }
        return Optional.empty();
    }

    private boolean has(TypeElement type, String name) {
        for (Element member : members.of(type)) {
            if (member.getSimpleName().contentEquals(name)
                    && !(member instanceof TypeElement)
                    && member.getModifiers().contains(Modifier.STATIC)) {
                return true;
            }
        }
        return false;
    }

    private Optional<Meaning> staticType(String name, List<String> scopes) {
        for (String scope : scopes) {
            Optional<TypeElement> owner = element(scope);
            if (owner.isPresent()) {
                for (TypeElement type : ElementFilter.typesIn(members.of(owner.get()))) {
                    if (type.getSimpleName().contentEquals(name) && isImported(type)) {
                        return Optional.of(new Meaning.Type(type));
                    }
                }
            }
        }
        return Optional.empty();
    }
}
