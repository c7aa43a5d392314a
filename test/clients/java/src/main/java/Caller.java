import com.aliyun.tea.TeaException;
import com.aliyun.tea.TeaModel;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teautil.models.RuntimeOptions;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.ToNumberPolicy;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Calls operations with Alibaba's SDKs of today, com.aliyun:ecs20140526 and its like, as lines of JSON ask for them; ../walks/callers.ts tells what they are. */
public final class Caller {
  private static final class Order {
    String api;
    String endpoint;
    String accessKeyId;
    String accessKeySecret;
    String regionId;
    String call;
    Map<String, Object> with;
  }

  private static final Gson GSON = new GsonBuilder().setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE).create();

  private static Method method(Class<?> client, String name) {
    for (Method method : client.getMethods()) if (method.getName().equalsIgnoreCase(name)) return method;
    return null;
  }

  private static TeaModel request(Method method, Order order) throws ReflectiveOperationException {
    return TeaModel.toModel(order.with, (TeaModel) method.getParameterTypes()[0].getDeclaredConstructor().newInstance());
  }

  private static Map<String, Object> broken(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    return Map.of("broken", text.toString());
  }

  private static Map<String, Object> call(Order order) {
    try {
      Class<?> kind = Class.forName("com.aliyun." + order.api + ".Client");
      Method method = method(kind, order.call + "WithOptions");
      if (method == null) return Map.of("unknown", true);
      Config config = new Config().setAccessKeyId(order.accessKeyId).setAccessKeySecret(order.accessKeySecret);
      config.setRegionId(order.regionId).setEndpoint(order.endpoint).setProtocol("HTTP");
      Object client = kind.getConstructor(Config.class).newInstance(config);
      RuntimeOptions runtime = new RuntimeOptions();
      // An operation without parameters has no request.
      Object answer = method.getParameterCount() == 1 ? method.invoke(client, runtime) : method.invoke(client, request(method, order), runtime);
      TeaModel body = (TeaModel) answer.getClass().getMethod("getBody").invoke(answer);
      return Map.of("answer", body.toMap());
    } catch (InvocationTargetException thrown) {
      if (!(thrown.getCause() instanceof TeaException)) return broken(thrown);
      TeaException refused = (TeaException) thrown.getCause();
      return Map.of("refused", refused.getCode(), "message", refused.getMessage());
    } catch (Exception error) {
      return broken(error);
    }
  }

  public static void main(String[] args) throws Exception {
    // The SDK writes warnings to the standard output.
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) out.println(GSON.toJson(call(GSON.fromJson(line, Order.class))));
  }
}
