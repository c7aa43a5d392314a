import com.aliyun.ecs20140526.Client;
import com.aliyun.ecs20140526.models.*;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import com.google.gson.Gson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program in the manner of Alibaba's tutorial on managing ECS instances, for the Java SDK com.aliyun:ecs20140526.
 * Arguments: ACCESS_KEY_ID ACCESS_KEY_SECRET READER_KEY_ID READER_KEY_SECRET V_SWITCH_ID SECURITY_GROUP_ID IMAGE_ID. It is written
 * for the real cloud, and prints what it saw as JSON.
 */
public final class Tutorial {
  private static final String REGION = "cn-hangzhou";

  private interface Ask {
    void now() throws Exception;
  }

  private static Client client(String keyId, String keySecret) throws Exception {
    return new Client(new Config().setAccessKeyId(keyId).setAccessKeySecret(keySecret).setRegionId(REGION));
  }

  private static String code(Ask ask) throws Exception {
    try {
      ask.now();
      return "none";
    } catch (TeaException refused) {
      return refused.getCode();
    }
  }

  private static String status(Client ecs, String id) throws Exception {
    DescribeInstancesRequest request = new DescribeInstancesRequest().setRegionId(REGION).setInstanceIds(new Gson().toJson(List.of(id)));
    var found = ecs.describeInstances(request).getBody().getInstances().getInstance();
    return found.isEmpty() ? "gone" : found.get(0).getStatus();
  }

  private static String await(Client ecs, String id, String goal) throws Exception {
    String now = "";
    for (int asked = 0; asked < 600; asked++) {
      now = status(ecs, id);
      if (now.equals(goal)) return now;
      Thread.sleep(50);
    }
    return "still " + now;
  }

  private static List<String> instances(Client ecs) throws Exception {
    List<String> ids = new ArrayList<>();
    String token = null;
    do {
      var request = new DescribeInstancesRequest().setRegionId(REGION).setMaxResults(50).setNextToken(token);
      var page = ecs.describeInstances(request).getBody();
      page.getInstances().getInstance().forEach(one -> ids.add(one.getInstanceId()));
      token = page.getNextToken();
    } while (token != null && !token.isEmpty());
    return ids;
  }

  private static List<String> run(Client ecs, String vSwitchId, String securityGroupId, String imageId) throws Exception {
    RunInstancesRequest request =
        new RunInstancesRequest()
            .setRegionId(REGION)
            .setInstanceType("ecs.g6.large")
            .setImageId(imageId)
            .setVSwitchId(vSwitchId)
            .setSecurityGroupId(securityGroupId)
            .setInstanceName("教程-java")
            .setTag(List.of(new RunInstancesRequest.RunInstancesRequestTag().setKey("made-by").setValue("java")));
    String id = ecs.runInstances(request).getBody().getInstanceIdSets().getInstanceIdSet().get(0);
    List<String> states = new ArrayList<>(List.of(await(ecs, id, "Running")));
    ecs.stopInstance(new StopInstanceRequest().setInstanceId(id));
    states.add(await(ecs, id, "Stopped"));
    ecs.startInstance(new StartInstanceRequest().setInstanceId(id));
    states.add(await(ecs, id, "Running"));
    ecs.deleteInstance(new DeleteInstanceRequest().setInstanceId(id).setForce(true));
    states.add(await(ecs, id, "gone"));
    return states;
  }

  public static void main(String[] args) throws Exception {
    Client ecs = client(args[0], args[1]);
    Map<String, Object> seen = new LinkedHashMap<>();
    List<String> regions = new ArrayList<>();
    ecs.describeRegions(new DescribeRegionsRequest()).getBody().getRegions().getRegion().forEach(one -> regions.add(one.getRegionId()));
    List<String> ids = instances(ecs);
    seen.put("regions", regions);
    seen.put("instances", ids);
    seen.put("states", run(ecs, args[4], args[5], args[6]));
    Client wrong = client(args[0], "not-the-secret");
    Client reader = client(args[2], args[3]);
    Map<String, String> errors = new LinkedHashMap<>();
    errors.put("wrongSecret", code(() -> wrong.describeRegions(new DescribeRegionsRequest())));
    errors.put("missingInstance", code(() -> ecs.startInstance(new StartInstanceRequest().setInstanceId("i-bp1doesnotexist00000"))));
    errors.put("forbidden", code(() -> reader.stopInstance(new StopInstanceRequest().setInstanceId(ids.get(0)))));
    seen.put("errors", errors);
    System.out.println(new Gson().toJson(seen));
  }
}
