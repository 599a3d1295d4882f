// Evaluates expressions with Jakarta EL: a line is an expression and variables, all in base64.
//
// EXPRESSION|NAME=TYPE:VALUE|… is answered by true, false, or what went wrong.

import jakarta.el.ELContext;
import jakarta.el.ExpressionFactory;
import jakarta.el.StandardELContext;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

public class Juel {
    private static String text(String encoded) {
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }

    private static Object value(String type, String text) {
        switch (type) {
            case "b": return Boolean.valueOf(text);
            case "n": return Double.valueOf(text);
            case "s": return text;
            default: return null;
        }
    }

    public static void main(String[] arguments) throws Exception {
        ExpressionFactory factory = ExpressionFactory.newInstance();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] parts = line.split("\\|");
            ELContext context = new StandardELContext(factory);
            for (int n = 1; n < parts.length; n++) {
                String[] named = parts[n].split("=", 2);
                String[] typed = named[1].split(":", 2);
                Object found = value(typed[0], text(typed[1]));
                Class<?> kind = found == null ? Object.class : found.getClass();
                context.getVariableMapper()
                        .setVariable(named[0], factory.createValueExpression(found, kind));
            }
            String answer;
            try {
                Object found = factory
                        .createValueExpression(context, text(parts[0]), Object.class)
                        .getValue(context);
                answer = String.valueOf(found);
            } catch (Exception error) {
                answer = error.toString().replace('\n', ' ');
            }
            System.out.println(answer);
        }
    }
}
